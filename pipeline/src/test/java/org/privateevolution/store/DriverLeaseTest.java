package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.spi.StoreException;

class DriverLeaseTest {

    private static final String FIRST = "lease-000001.json";

    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock();
    private final List<Duration> pauses = new ArrayList<>();
    private RunFiles files;

    @BeforeEach
    void open() {
        files = RunFiles.at(directory.toString(), new Configuration());
    }

    @Test
    void aSecondDriverIsRefused() {
        try (DriverLease lease = DriverLease.acquire(files, clock)) {
            clock.advance(Duration.ofSeconds(17));

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> DriverLease.acquire(files, clock))
                    .withMessageContainingAll(
                            directory.toString(),
                            "process " + ProcessHandle.current().pid(),
                            "17 s ago",
                            "wait for it to end",
                            "try again in 103 s");
            lease.verify();
        }
    }

    @Test
    void aReleasedRunIsTakenAtOnce() {
        DriverLease.acquire(files, clock).close();

        try (DriverLease next = DriverLease.acquire(files, clock)) {
            next.verify();
        }
    }

    @Test
    void theRunOfADeadProcessIsTakenOverAtOnce() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
        leaveLease("\"pid\" : " + ProcessHandle.current().pid(), "\"pid\" : " + process.pid());

        try (DriverLease next = DriverLease.acquire(files, clock)) {
            next.verify();
        }
    }

    @Test
    void aProcessThatOnlyHasTheNumberOfADeadOneDoesNotHoldItsRun() {
        leaveLease("\"process_start\" : \"", "\"process_start\" : \"1999-");

        try (DriverLease next = DriverLease.acquire(files, clock)) {
            next.verify();
        }
    }

    @Test
    void theRunOfAnotherHostIsHeldUntilItsLeaseExpires() {
        leaveLease("\"process_space\" : \"", "\"process_space\" : \"other-");
        clock.advance(DriverLease.EXPIRY.minusSeconds(1));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> DriverLease.acquire(files, clock))
                .withMessageContaining("try again in 1 s");

        clock.advance(Duration.ofSeconds(1));
        watching().close();
        assertThat(watched()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aDriverThatWasOvertakenStops() {
        DriverLease slow = DriverLease.acquire(files, clock);
        clock.advance(DriverLease.EXPIRY);
        try (DriverLease next = watching()) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(slow::verify)
                    .withMessageContainingAll("another driver has taken over", directory.toString());
            next.verify();
        }
    }

    @Test
    void aDriverThatWasOvertakenDoesNotReleaseTheRunOfItsSuccessor() {
        DriverLease slow = DriverLease.acquire(files, clock);
        clock.advance(DriverLease.EXPIRY);
        try (DriverLease next = watching()) {
            slow.close();

            next.verify();
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> DriverLease.acquire(files, clock));
        }
    }

    @Test
    void aDriverWhoseClockFellBehindKeepsItsRun() {
        try (DriverLease lease = DriverLease.acquire(files, clock)) {
            clock.advance(Duration.ofHours(5));

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> DriverLease.acquire(files, clock, pause -> {
                        clock.advance(Duration.ofHours(-5));
                        lease.renew();
                    }))
                    .withMessageContainingAll("has just renewed its lease", "18000 s old", "correct the clocks");
            lease.verify();
        }
    }

    @Test
    void aDriverWhoseClockRanAheadKeepsItsRun() {
        clock.advance(Duration.ofHours(5));
        try (DriverLease lease = DriverLease.acquire(files, clock)) {
            clock.advance(Duration.ofHours(-5));

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> DriverLease.acquire(files, clock, pause -> lease.renew()))
                    .withMessageContainingAll("has just renewed its lease", "-18000 s old");
            lease.verify();
        }
    }

    /** A lease from the future that nobody renews does not hold the run until then. */
    @Test
    void theRunOfADriverThatDiedWithItsClockAheadIsTakenOver() {
        clock.advance(Duration.ofHours(5));
        leaveLease("\"process_space\" : \"", "\"process_space\" : \"other-");
        clock.advance(Duration.ofHours(-5));

        try (DriverLease next = watching()) {
            next.verify();
        }
        assertThat(watched()).isEqualTo(DriverLease.EXPIRY);
    }

    /** As on storage that cannot create a file exclusively, where the last of two racing drivers wins. */
    @Test
    void aDriverWhoseLeaseIsAnothersStops() {
        try (DriverLease lease = DriverLease.acquire(files, clock)) {
            String others = files.read(FIRST).orElseThrow().replace("\"driver\" : \"", "\"driver\" : \"other-");
            files.write(FIRST, others);

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(lease::verify)
                    .withMessageContaining("another driver has taken over");
            lease.close();
            assertThat(files.read(FIRST)).contains(others);
        }
    }

    @Test
    void closingTwiceIsHarmless() {
        DriverLease lease = DriverLease.acquire(files, clock);
        lease.close();
        lease.close();

        try (DriverLease next = DriverLease.acquire(files, clock)) {
            lease.close();
            next.verify();
        }
    }

    @Test
    void oneOfSeveralRacingDriversGetsTheRun() throws Exception {
        int drivers = 5;
        ExecutorService executor = Executors.newFixedThreadPool(drivers);
        try {
            for (int round = 0; round < 7; round++) {
                RunFiles run = files.in("run-" + round);
                CyclicBarrier start = new CyclicBarrier(drivers);
                List<DriverLease> leases = Collections.synchronizedList(new ArrayList<>());
                Callable<Void> driver = () -> {
                    start.await();
                    try {
                        leases.add(DriverLease.acquire(run, Clock.systemUTC()));
                    } catch (StoreException refused) {
                        assertThat(refused).hasMessageContaining(run.location());
                    }
                    return null;
                };
                for (var outcome : executor.invokeAll(Collections.nCopies(drivers, driver))) {
                    outcome.get();
                }
                assertThat(leases).hasSize(1);
                leases.get(0).close();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aDamagedLeaseIsNamed() {
        for (String damaged :
                List.of("", "{", "[]", "{\"schema_version\":1}", "{\"schema_version\":1,\"renewed\":\"x\"}")) {
            files.write(FIRST, damaged);

            assertThatExceptionOfType(StoreException.class)
                    .as(damaged)
                    .isThrownBy(() -> DriverLease.acquire(files, clock))
                    .withMessageContainingAll(FIRST, "is damaged");
        }
    }

    /** Takes over what nobody renews, without waiting. */
    private DriverLease watching() {
        return DriverLease.acquire(files, clock, pauses::add);
    }

    private Duration watched() {
        return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** Leaves a lease as a driver that was killed would, changed in one place. */
    private void leaveLease(String target, String replacement) {
        DriverLease lease = DriverLease.acquire(files, clock);
        String text = files.read(FIRST).orElseThrow();
        lease.close();
        assertThat(text).contains(target);
        files.write(FIRST, text.replace(target, replacement));
    }
}
