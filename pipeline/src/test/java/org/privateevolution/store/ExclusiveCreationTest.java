package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.spi.StoreException;

/** File systems that let two drivers create the same file are refused before anything is charged. */
class ExclusiveCreationTest {

    @TempDir
    Path directory;

    @Test
    void aRenameThatReplacesIsRefused() {
        assertRefused("replaces", Replacing.class, "a file that is there was created again");
    }

    @Test
    void aRenameThatLooksFirstAndMovesThenIsRefused() {
        assertRefused("looks", LookingFirst.class, "not exactly one succeeds");
    }

    /** As where a file is relied on to appear with its end, but appears with its beginning. */
    @Test
    void aFileThatIsVisibleWhileItIsWrittenIsRefused() {
        assertRefused("gs", VisibleWhileOpen.class, "visible before it is whole");
    }

    /** As a Volume of Unity Catalog may: neither renames in one step nor creates exclusively. */
    @Test
    void aVolumeThatCopiesToRenameIsRefused() {
        assertRefused("volume", Volume.class, "visible before it is whole");
    }

    /** One driver at a time gets through, but what it renames is there in part before it is there. */
    @Test
    void aRenameThatExcludesOthersButCopiesIsRefused() {
        assertRefused("copies", ExclusiveCopy.class, "visible before it is whole");
    }

    /** What is copied in an instant, whoever else copies to the same place. */
    @Test
    void aVolumeThatPublishesCopiesWholeIsRefusedForItsRaces() {
        assertRefused("whole", WholeCopy.class, "not exactly one succeeds");
    }

    @Test
    void aFileSystemThatRefusesToReplaceServes() {
        RunFiles files = files("refuses", Refusing.class);

        assertThat(files.create("entry-000001.json", "1")).isTrue();
        assertThat(files.create("entry-000001.json", "2")).isFalse();
        assertThat(files.list()).containsExactly("entry-000001.json");
        assertThat(directory.toFile().list()).as("nothing of the trial stays").containsExactly("entry-000001.json");
    }

    private void assertRefused(String scheme, Class<?> fileSystem, String reason) {
        RunFiles files = files(scheme, fileSystem);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> files.create("entry-000001.json", "1"))
                .withMessageContainingAll("does not create files exclusively", reason, "keep privacy.ledger");
        assertThatExceptionOfType(StoreException.class).isThrownBy(files::probe);
        assertThat(files.list()).isEmpty();
    }

    private RunFiles files(String scheme, Class<?> fileSystem) {
        Configuration configuration = new Configuration();
        configuration.set("fs." + scheme + ".impl", fileSystem.getName());
        configuration.setBoolean("fs." + scheme + ".impl.disable.cache", true);
        return RunFiles.at(scheme + "://test" + directory, configuration);
    }

    /** A local disk under another scheme. */
    private abstract static class Renamed extends RawLocalFileSystem {
        private URI uri;

        @Override
        public void initialize(URI name, Configuration configuration) throws IOException {
            super.initialize(name, configuration);
            uri = URI.create(name.getScheme() + "://" + name.getAuthority());
        }

        @Override
        public URI getUri() {
            return uri == null ? super.getUri() : uri;
        }

        @Override
        protected void checkPath(org.apache.hadoop.fs.Path path) {}
    }

    /** Renames as a local disk does. */
    public static final class Replacing extends Renamed {}

    /** Renames as the connectors of many object stores do. */
    public static final class LookingFirst extends Renamed {
        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            if (exists(to)) {
                return false;
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.rename(from, to);
        }
    }

    /** Looks whether the target is there, copies in pieces, and deletes. Creating anew is looking first, too. */
    public static class Volume extends Renamed {
        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            if (exists(to)) {
                return false;
            }
            try (FSDataInputStream in = open(from);
                    FSDataOutputStream out = create(to, true)) {
                byte[] piece = new byte[1 << 16];
                for (int read = in.read(piece); read > 0; read = in.read(piece)) {
                    pause(10);
                    out.write(piece, 0, read);
                    out.hflush();
                }
            }
            return delete(from, false);
        }

        static void pause(long millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The same, one at a time. */
    public static final class ExclusiveCopy extends Volume {
        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            synchronized (ExclusiveCopy.class) {
                return super.rename(from, to);
            }
        }
    }

    /** Copies are visible when they are whole; two drivers that look at once both copy. */
    public static final class WholeCopy extends Renamed {
        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            if (exists(to)) {
                return false;
            }
            Volume.pause(50);
            return super.rename(from, to);
        }
    }

    /** Publishes on close by its scheme, and does not. */
    public static final class VisibleWhileOpen extends Renamed {}

    /** Renames as HDFS does. */
    public static final class Refusing extends Renamed {
        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            synchronized (Refusing.class) {
                return !exists(to) && super.rename(from, to);
            }
        }
    }
}
