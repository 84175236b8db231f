package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Permissions of files on a local disk are those that Hadoop gives them. */
class LocalFilesTest {

    @TempDir
    Path directory;

    private FileSystem hadoops(Configuration configuration) throws IOException {
        return FileSystem.newInstance(directory.toUri(), configuration);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static org.apache.hadoop.fs.Path path(Path path) {
        return new org.apache.hadoop.fs.Path(path.toUri());
    }

    @ParameterizedTest
    @ValueSource(strings = {"022", "077", "027", "000"})
    void newFilesAndFoldersHaveThePermissionsThatHadoopGivesThem(String mask) throws IOException {
        Configuration configuration = new Configuration();
        configuration.set("fs.permissions.umask-mode", mask);
        FileSystem hadoops = hadoops(configuration);
        FileSystem ours = LocalFiles.raw(hadoops);
        assertThat(ours.getClass())
                .isNotEqualTo(((LocalFileSystem) hadoops).getRawFileSystem().getClass());

        for (FileSystem each : new FileSystem[] {hadoops, ours}) {
            Path folder = directory.resolve(each == ours ? "ours" : "hadoops");
            each.create(path(folder.resolve("inner/file")), true).close();
        }

        for (String made : new String[] {"", "inner", "inner/file"}) {
            assertThat(permissions(directory.resolve("ours").resolve(made)))
                    .isEqualTo(permissions(directory.resolve("hadoops").resolve(made)));
        }
    }

    @Test
    void everyModeCanBeSet() throws IOException {
        FileSystem ours = LocalFiles.raw(hadoops(new Configuration()));
        Path file = Files.createFile(directory.resolve("file"));

        for (int mode = 0; mode <= 0777; mode++) {
            ours.setPermission(path(file), new FsPermission((short) mode));

            assertThat(permissions(file)).isEqualTo(new FsPermission((short) mode).toString());
        }
    }

    @Test
    void theStickyBitIsSet() throws IOException {
        FileSystem ours = LocalFiles.raw(hadoops(new Configuration()));
        Path folder = Files.createDirectory(directory.resolve("folder"));

        ours.setPermission(path(folder), new FsPermission((short) 01770));

        assertThat((int) Files.getAttribute(folder, "unix:mode") & 07777).isEqualTo(01770);
    }

    @Test
    void theTargetOfASymbolicLinkGetsThePermissions() throws IOException {
        FileSystem ours = LocalFiles.raw(hadoops(new Configuration()));
        Path file = Files.createFile(directory.resolve("file"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        ours.setPermission(path(link), new FsPermission((short) 0600));

        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void whatDoesNotExistHasNoPermissions() throws IOException {
        FileSystem ours = LocalFiles.raw(hadoops(new Configuration()));

        assertThatIOException()
                .isThrownBy(() -> ours.setPermission(path(directory.resolve("none")), new FsPermission((short) 0600)));
    }

    /** What else is called local may do more when it writes, as the file systems that fail in tests do. */
    @Test
    void aFileSystemThatExtendsHadoopsIsLeftAlone() throws IOException {
        RawLocalFileSystem extended = new RawLocalFileSystem() {};
        extended.initialize(directory.toUri(), new Configuration());

        assertThat(LocalFiles.raw(extended)).isSameAs(extended);
        assertThat(LocalFiles.raw(new LocalFileSystem(extended))).isSameAs(extended);
    }

    @Test
    void hadoopMakesItByItsName() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set("fs.file.impl", LocalFiles.class.getName());
        FileSystem named = hadoops(configuration);

        named.create(path(directory.resolve("file")), true).close();

        assertThat(named).isInstanceOf(LocalFiles.class);
        assertThat(LocalFiles.raw(named)).isSameAs(((LocalFileSystem) named).getRawFileSystem());
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("file", ".file.crc");
        }
    }
}
