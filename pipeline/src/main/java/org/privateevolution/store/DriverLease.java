package org.privateevolution.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.privateevolution.spi.StoreException;

/**
 * The right of one driver to work on a run. Leases are numbered files, and the lease with the highest number holds the
 * run. A driver takes a number by creating its file, in which only one driver can succeed. The holder renews its lease.
 * A driver that died leaves a lease that the next driver takes over: at once if the process is known to be gone,
 * otherwise when it has not been renewed for {@link #EXPIRY}.
 *
 * <p>The clocks of two drivers may differ, and jump. A lease is therefore never taken over by the clock alone: the next
 * driver also watches it, long enough to see a renewal. The holder keeps the run whatever its clock says.
 */
public final class DriverLease implements AutoCloseable {

    /** A lease that has not been renewed for this long is abandoned. */
    static final Duration EXPIRY = Duration.ofMinutes(2);

    private static final Duration RENEWAL = Duration.ofSeconds(20);

    /** How long a lease that seems abandoned by its time is watched; a live driver renews it meanwhile. */
    private static final Duration WATCH = Duration.ofSeconds(30);

    /** Time between two looks at a lease that is watched. */
    static final Duration LOOK = Duration.ofSeconds(2);

    private static final String PREFIX = "lease-";

    private final RunFiles files;
    private final Clock clock;
    private final String driver = UUID.randomUUID().toString();
    private final String name;
    private final ScheduledExecutorService renewal;
    private boolean closed;

    @SuppressWarnings("FutureReturnValueIgnored") // renew throws nothing, so nothing is lost in the future
    private DriverLease(RunFiles files, Clock clock, int number) {
        this.files = files;
        this.clock = clock;
        this.name = name(number);
        if (!files.create(name, content(false))) {
            throw new StoreException(
                    StoreException.Reason.HELD,
                    "another driver has just taken the run at " + files.location()
                            + ": wait for it to end, or choose another output.path");
        }
        this.renewal = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "pe-lease-renewal");
            thread.setDaemon(true);
            return thread;
        });
        long seconds = RENEWAL.toSeconds();
        renewal.scheduleWithFixedDelay(this::renew, seconds, seconds, TimeUnit.SECONDS);
    }

    /**
     * Takes the run whose leases are in {@code files}.
     *
     * @throws StoreException if another driver holds the run
     */
    public static DriverLease acquire(RunFiles files, Clock clock) {
        return acquire(files, clock, duration -> Thread.sleep(duration.toMillis()));
    }

    static DriverLease acquire(RunFiles files, Clock clock, Pause pause) {
        int highest = highest(files);
        if (highest > 0) {
            String text = files.read(name(highest))
                    .orElseThrow(() -> new StoreException(
                            StoreException.Reason.HELD,
                            "the run at " + files.location()
                                    + " has just been renewed by its driver: wait for it to end"));
            refuseIfHeld(files, clock, pause, name(highest), text);
        }
        return new DriverLease(files, clock, highest + 1);
    }

    /** Lets time pass; replaced in tests, which do not wait. */
    interface Pause {
        void last(Duration duration) throws InterruptedException;
    }

    private static void refuseIfHeld(RunFiles files, Clock clock, Pause pause, String name, String text) {
        StoredObject lease = StoreJson.parseDocument(text, files.location() + "/" + name);
        if (lease.flag("released")) {
            return;
        }
        String host = lease.text("host");
        long pid = lease.whole("pid");
        Optional<String> here = processSpace();
        if (here.isPresent()
                && lease.text("process_space").equals(here.get())
                && !runs(pid, lease.text("process_start"))) {
            return;
        }
        Duration age = Duration.between(lease.instant("renewed"), clock.instant());
        if (age.abs().compareTo(EXPIRY) < 0) {
            throw new StoreException(
                    StoreException.Reason.HELD,
                    "the run at " + files.location() + " is held by process " + pid + " on "
                            + host + ", which renewed its lease " + Math.max(0, age.toSeconds())
                            + " s ago: wait for it to end; if it died, try again in "
                            + EXPIRY.minus(age).toSeconds() + " s");
        }
        // A time in the future proves nothing, so only watching for the full expiry does.
        Duration watch = age.isNegative() ? EXPIRY : WATCH;
        for (Duration watched = Duration.ZERO; watched.compareTo(watch) < 0; watched = watched.plus(LOOK)) {
            try {
                pause.last(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException(
                        StoreException.Reason.HELD,
                        "stopped while watching the lease of another driver at " + files.location());
            }
            if (!files.read(name).equals(Optional.of(text))) {
                throw new StoreException(
                        StoreException.Reason.HELD,
                        "the run at " + files.location() + " is held by process " + pid
                                + " on "
                                + host + ", which has just renewed its lease, although by this clock it is "
                                + age.toSeconds()
                                + " s old: wait for it to end, and correct the clocks");
            }
        }
    }

    /** Checks that this driver still holds the run; called before every commit. */
    public synchronized void verify() {
        if (!holds()) {
            renewal.shutdownNow();
            throw new StoreException(
                    StoreException.Reason.HELD,
                    "another driver has taken over the run at " + files.location() + ": this one stops");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        renewal.shutdownNow();
        if (holds()) {
            files.write(name, content(true));
        }
    }

    /** Shows that this driver is alive; called every {@link #RENEWAL}. */
    synchronized void renew() {
        try {
            if (!closed && holds()) {
                files.write(name, content(false));
            }
        } catch (StoreException e) {
            // An exception would end the renewals for good; if storage stays unavailable, verify stops the driver.
            return;
        }
    }

    /**
     * Where storage cannot create exclusively, two drivers may have taken the same number: the file names its holder.
     */
    private boolean holds() {
        return name.equals(name(highest(files)))
                && files.read(name)
                        .map(text -> StoreJson.parseDocument(text, files.location() + "/" + name))
                        .filter(lease -> lease.text("driver").equals(driver))
                        .isPresent();
    }

    private String content(boolean released) {
        if (released) {
            // The time at which a run ended is withheld: running times depend on private data.
            return StoreJson.pretty(StoreJson.document().put("driver", driver).put("released", true));
        }
        ProcessHandle process = ProcessHandle.current();
        ObjectNode node = StoreJson.document()
                .put("driver", driver)
                .put("host", host())
                .put("process_space", processSpace().orElse("unknown"))
                .put("pid", process.pid())
                .put("process_start", start(process))
                .put("renewed", clock.instant().toString())
                .put("released", false);
        return StoreJson.pretty(node);
    }

    private static boolean runs(long pid, String start) {
        return ProcessHandle.of(pid)
                .filter(process -> process.isAlive() && start(process).equals(start))
                .isPresent();
    }

    private static String start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /**
     * Identifies the space in which a process id is unique: containers may share a host name without seeing each
     * other's processes. Empty if it is unknown.
     */
    private static Optional<String> processSpace() {
        if (!System.getProperty("os.name").startsWith("Linux")) {
            String host = host();
            return host.equals("unknown") ? Optional.empty() : Optional.of(host);
        }
        try {
            return Optional.of(Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                            .strip() + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int highest(RunFiles files) {
        List<String> names = files.list().stream()
                .filter(file -> file.matches(PREFIX + "\\d{6}\\.json"))
                .toList();
        return names.isEmpty()
                ? 0
                : Integer.parseInt(names.get(names.size() - 1).substring(PREFIX.length(), PREFIX.length() + 6));
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "%s%06d.json", PREFIX, number);
    }
}
