package org.privateevolution.spark;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system on a disk that is full from some file on: half of that file still fits, later files do not fit
 * at all. Counts only what is written in one directory.
 */
public final class FullDiskFileSystem extends LocalFileSystem {

    /** The directory that counts. */
    static final String DIRECTORY = "fulldisk.directory";

    private static final AtomicInteger WRITTEN = new AtomicInteger();
    private static volatile int full = Integer.MAX_VALUE;

    public FullDiskFileSystem() {
        super(new Raw());
    }

    /** From now on the disk takes {@code files} files more. */
    static void room(int files) {
        WRITTEN.set(0);
        full = files;
    }

    /** Files that were written since {@link #room}, as far as there was room. */
    static int written() {
        return WRITTEN.get();
    }

    private static final class Raw extends RawLocalFileSystem {
        private String directory;

        @Override
        public void initialize(URI uri, Configuration configuration) throws IOException {
            super.initialize(uri, configuration);
            directory = configuration.get(DIRECTORY);
        }

        @Override
        public FSDataOutputStream create(
                Path path, boolean overwrite, int buffer, short replication, long block, Progressable progress)
                throws IOException {
            return limited(path, super.create(path, overwrite, buffer, replication, block, progress));
        }

        @Override
        public FSDataOutputStream create(
                Path path,
                FsPermission permission,
                boolean overwrite,
                int buffer,
                short replication,
                long block,
                Progressable progress)
                throws IOException {
            return limited(path, super.create(path, permission, overwrite, buffer, replication, block, progress));
        }

        private FSDataOutputStream limited(Path path, FSDataOutputStream out) throws IOException {
            // Lease renewals come by the clock, and would make the positions depend on it.
            if (!path.toUri().getPath().startsWith(directory + "/")
                    || path.getName().contains("lease")) {
                return out;
            }
            int file = WRITTEN.incrementAndGet();
            return file <= full ? out : new FSDataOutputStream(new Truncating(out, file == full + 1), null);
        }
    }

    private static final class Truncating extends FilterOutputStream {
        private final boolean half;

        Truncating(OutputStream out, boolean half) {
            super(out);
            this.half = half;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (half) {
                out.write(bytes, from, length / 2);
            }
            throw new IOException("No space left on device");
        }
    }
}
