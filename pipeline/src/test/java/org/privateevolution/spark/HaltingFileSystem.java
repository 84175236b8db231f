package org.privateevolution.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system, which logs every change in one directory and stops for ever before one of them: the process
 * can then be killed as if at that instant.
 */
public final class HaltingFileSystem extends LocalFileSystem {

    /** The directory that counts. */
    static final String DIRECTORY = "halting.directory";
    /** Gets one line a change. */
    static final String CHANGES = "halting.changes";
    /** Matches the change that does not happen, for instance {@code create .*manifest.*}. */
    static final String AT = "halting.at";
    /** Number of that change among those that match, from 1. */
    static final String NUMBER = "halting.number";
    /** Made when the process has stopped. */
    static final String MARKER = "halting.marker";

    private static final AtomicInteger MATCHES = new AtomicInteger();

    public HaltingFileSystem() {
        super(new Raw());
    }

    private static final class Raw extends RawLocalFileSystem {
        private String directory;
        private java.nio.file.Path changes;
        private java.nio.file.Path marker;
        private Pattern at;
        private int number;

        @Override
        public void initialize(URI uri, Configuration configuration) throws IOException {
            super.initialize(uri, configuration);
            directory = configuration.get(DIRECTORY);
            changes = java.nio.file.Path.of(configuration.get(CHANGES));
            marker = java.nio.file.Path.of(configuration.get(MARKER));
            at = Pattern.compile(configuration.get(AT));
            number = configuration.getInt(NUMBER, 1);
        }

        @Override
        public FSDataOutputStream create(
                Path path, boolean overwrite, int buffer, short replication, long block, Progressable progress)
                throws IOException {
            before("create", path);
            return super.create(path, overwrite, buffer, replication, block, progress);
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
            before("create", path);
            return super.create(path, permission, overwrite, buffer, replication, block, progress);
        }

        @Override
        public boolean rename(Path from, Path to) throws IOException {
            before("rename", from);
            return super.rename(from, to);
        }

        @Override
        public boolean delete(Path path, boolean recursive) throws IOException {
            before("delete", path);
            return super.delete(path, recursive);
        }

        private void before(String change, Path path) {
            String file = path.toUri().getPath();
            if (!file.startsWith(directory + "/")) {
                return;
            }
            String line = change + " " + file.substring(directory.length() + 1);
            try {
                Files.writeString(changes, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                if (at.matcher(line).matches() && MATCHES.incrementAndGet() == number) {
                    Files.createFile(marker);
                    Thread.sleep(Long.MAX_VALUE);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
