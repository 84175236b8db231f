package org.privateevolution.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system with a driver that dies before a change: from then on nothing that it does takes effect. Files
 * are written in halves, so they may be torn. After each change an observer looks at what is there.
 */
public final class CrashingFileSystem extends LocalFileSystem {

    private static final String DRIVER = "crashing.driver";
    private static final Map<String, Driver> DRIVERS = new ConcurrentHashMap<>();
    private static final AtomicInteger NAMES = new AtomicInteger();

    public CrashingFileSystem() {
        super(new Raw());
    }

    /** A driver has died. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** One driver, and how long it lives. */
    public static final class Driver {
        private final String name = "driver-" + NAMES.incrementAndGet();
        private final int lastChange;
        private final Runnable observer;
        private int changes;

        /** @param lastChange the change in front of which it dies, from 1 */
        public Driver(int lastChange, Runnable observer) {
            this.lastChange = lastChange;
            this.observer = observer;
            DRIVERS.put(name, this);
        }

        public Configuration configuration() {
            Configuration configuration = new Configuration();
            configuration.set("fs.file.impl", CrashingFileSystem.class.getName());
            configuration.setBoolean("fs.file.impl.disable.cache", true);
            configuration.set(DRIVER, name);
            return configuration;
        }

        /** Changes so far. */
        public synchronized int changes() {
            return changes;
        }

        private synchronized void before() {
            if (changes + 1 >= lastChange) {
                throw new Crash();
            }
            changes++;
        }

        private synchronized void after() {
            observer.run();
        }
    }

    private static final class Raw extends RawLocalFileSystem {
        private Driver driver;

        @Override
        public void initialize(URI uri, Configuration configuration) throws IOException {
            super.initialize(uri, configuration);
            driver = DRIVERS.get(configuration.get(DRIVER));
        }

        @Override
        public FSDataOutputStream create(
                Path path, boolean overwrite, int buffer, short replication, long block, Progressable progress)
                throws IOException {
            driver.before();
            FSDataOutputStream file = super.create(path, overwrite, buffer, replication, block, progress);
            driver.after();
            return new FSDataOutputStream(new Halves(file, driver), null);
        }

        @Override
        public boolean rename(Path from, Path to) throws IOException {
            driver.before();
            boolean renamed = super.rename(from, to);
            driver.after();
            return renamed;
        }

        @Override
        public boolean delete(Path path, boolean recursive) throws IOException {
            driver.before();
            boolean deleted = super.delete(path, recursive);
            driver.after();
            return deleted;
        }
    }

    /** Each write is two changes, and the end of the file is one. */
    private static final class Halves extends OutputStream {
        private final FSDataOutputStream file;
        private final Driver driver;

        Halves(FSDataOutputStream file, Driver driver) {
            this.file = file;
            this.driver = driver;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] content, int offset, int length) throws IOException {
            int half = length / 2;
            part(content, offset, half);
            part(content, offset + half, length - half);
        }

        private void part(byte[] content, int offset, int length) throws IOException {
            driver.before();
            file.write(content, offset, length);
            file.flush();
            driver.after();
        }

        @Override
        public void close() throws IOException {
            file.close();
            // Dies between the end of the file and what comes next, such as a link, which is no change of a FileSystem.
            driver.before();
            driver.after();
        }
    }
}
