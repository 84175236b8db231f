package org.privateevolution.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.privateevolution.spi.StoreException;

/**
 * Tests whether a file system lets exactly one of several drivers create a file. Only exclusive creation keeps a ledger
 * entry from being charged twice, so it is tested before it is trusted: once per file system and process, with a few
 * files that are removed again. Two threads race for the same file, because many object stores first check whether it
 * exists and then write.
 */
final class ExclusiveCreation {

    private static final int RACES = 4;

    /** Large enough, in bytes, for copying to take a moment. */
    private static final int LARGE = 1 << 20;

    private static final Set<String> PROVEN = ConcurrentHashMap.newKeySet();

    private final FileSystem fileSystem;
    private final Path directory;
    private final boolean publishesOnClose;
    private final Creator creator;

    /** Creates files. */
    interface Creator {
        /** @return false if the file exists already */
        boolean create(Path path, byte[] content) throws IOException;
    }

    private ExclusiveCreation(FileSystem fileSystem, Path directory, boolean publishesOnClose, Creator creator) {
        this.fileSystem = fileSystem;
        this.directory = directory;
        this.publishesOnClose = publishesOnClose;
        this.creator = creator;
    }

    /**
     * Tests a file system.
     *
     * @param directory directory for the files of the test
     * @param publishesOnClose whether files must be invisible until they are closed
     * @throws StoreException if the file system does not create exclusively
     */
    static void require(FileSystem fileSystem, Path directory, boolean publishesOnClose, Creator creator)
            throws IOException {
        String name = fileSystem.getUri() + " " + fileSystem.getClass().getName();
        if (!PROVEN.contains(name)) {
            new ExclusiveCreation(fileSystem, directory, publishesOnClose, creator).prove();
            PROVEN.add(name);
        }
    }

    private void prove() throws IOException {
        Path probe = probe();
        try {
            if (!creator.create(probe, content("first"))) {
                throw refusal("a file that is not there yet cannot be created");
            }
            if (wins(probe, "second") || !holds(probe, "first")) {
                throw refusal("a file that is there was created again");
            }
        } finally {
            fileSystem.delete(probe, false);
        }
        if (publishesOnClose) {
            requireInvisibleWhileOpen();
        }
        requireWholeOnceVisible();
        for (int race = 0; race < RACES; race++) {
            race();
        }
    }

    private void requireInvisibleWhileOpen() throws IOException {
        Path probe = probe();
        boolean visible;
        try (FSDataOutputStream out = fileSystem.create(probe, false)) {
            out.write(content("half"));
            out.flush();
            visible = fileSystem.exists(probe);
        }
        fileSystem.delete(probe, false);
        if (visible) {
            throw refusal("a file is visible before it is whole");
        }
    }

    /** Where a rename copies, a driver that dies leaves half an entry, and others may read it meanwhile. */
    private void requireWholeOnceVisible() throws IOException {
        Path probe = probe();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> torn = reader.submit(() -> {
                while (!done.get()) {
                    if (fileSystem.exists(probe)
                            && fileSystem.getFileStatus(probe).getLen() < LARGE) {
                        return true;
                    }
                }
                return false;
            });
            if (!creator.create(probe, new byte[LARGE])) {
                throw refusal("a file that is not there yet cannot be created");
            }
            done.set(true);
            if (torn.get()) {
                throw refusal("a file is visible before it is whole");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while trying whether " + directory + " creates files whole", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } finally {
            done.set(true);
            reader.shutdownNow();
            fileSystem.delete(probe, false);
        }
    }

    private void race() throws IOException {
        Path probe = probe();
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService racers = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> one = racers.submit(() -> {
                start.await();
                return wins(probe, "one");
            });
            Future<Boolean> two = racers.submit(() -> {
                start.await();
                return wins(probe, "two");
            });
            List<Boolean> won = List.of(one.get(), two.get());
            if (won.get(0).equals(won.get(1)) || !holds(probe, won.get(0) ? "one" : "two")) {
                throw refusal("of two drivers that create a file at once, not exactly one succeeds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while trying whether " + directory + " creates files exclusively", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } finally {
            racers.shutdownNow();
            fileSystem.delete(probe, false);
        }
    }

    /** A refusal may be an exception. */
    private boolean wins(Path probe, String content) {
        try {
            return creator.create(probe, content(content));
        } catch (IOException e) {
            return false;
        }
    }

    private boolean holds(Path probe, String content) throws IOException {
        try (FSDataInputStream in = fileSystem.open(probe)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).equals(content);
        }
    }

    private static byte[] content(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path probe() {
        return new Path(directory, ".probe" + RunFiles.TEMPORARY + UUID.randomUUID());
    }

    private StoreException refusal(String what) {
        return new StoreException(
                StoreException.Reason.UNSAFE,
                "the file system of " + directory + " does not create files exclusively: " + what
                        + ", so two drivers could charge the same ledger entry: keep privacy.ledger and output.path"
                        + " on a local"
                        + " disk, hdfs://, s3a:// or gs://");
    }
}
