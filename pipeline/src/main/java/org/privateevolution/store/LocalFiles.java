package org.privateevolution.store;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, with permissions set by a system call. Without its native library, Hadoop starts a
 * process for each file and directory that it makes, which takes more time than all else about a small file.
 */
public final class LocalFiles extends LocalFileSystem {

    /** For Hadoop, which makes file systems by their class names; with files of checksums, as Hadoop's own has. */
    public LocalFiles() {
        super(new Raw());
    }

    /**
     * Returns the file system to write files without checksums to: {@code fileSystem} itself unless it is local. A file
     * system that only calls itself local, or extends Hadoop's, does what its own code does.
     */
    public static FileSystem raw(FileSystem fileSystem) throws IOException {
        FileSystem raw = fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
        if (raw.getClass() != RawLocalFileSystem.class) {
            return raw;
        }
        Raw direct = new Raw();
        direct.initialize(raw.getUri(), raw.getConf());
        return direct;
    }

    /** What writes and lists without checksums. */
    static final class Raw extends RawLocalFileSystem {

        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
            // Java can set neither the sticky bit nor, on Windows, any of them.
            if (view == null || permission.getStickyBit()) {
                super.setPermission(path, permission);
                return;
            }
            view.setPermissions(PosixFilePermissions.fromString(permission.toString()));
        }

        /**
         * Names of the files and folders in {@code folder}; its own name, if it is a file. Asks nothing about each of
         * them, as Hadoop's listing does.
         *
         * @throws FileNotFoundException if it does not exist
         */
        List<String> names(Path folder) throws IOException {
            File local = pathToFile(folder);
            String[] names = local.list();
            if (names != null) {
                return List.of(names);
            }
            if (!local.exists()) {
                throw new FileNotFoundException(folder + " does not exist");
            }
            if (!local.isDirectory()) {
                return List.of(folder.getName());
            }
            throw new IOException("it may not be read");
        }
    }
}
