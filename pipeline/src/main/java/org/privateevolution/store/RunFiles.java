package org.privateevolution.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.privateevolution.spi.StoreException;

/**
 * Small files of a run under one root, each written whole or not at all. The same code serves every Hadoop FileSystem.
 *
 * <p>On file systems with an atomic rename, a temporary file is written, synced and renamed. Object stores publish an
 * object when its stream is closed, which is atomic in itself. File systems that are not known to create files
 * exclusively are tested first ({@link ExclusiveCreation}).
 */
public final class RunFiles implements FilesToRead {

    /** Part of the name of every file that does not count yet. */
    static final String TEMPORARY = ".tmp-";

    private static final int MOST_READS = 5;

    private static final Set<String> S3_SCHEMES = Set.of("s3", "s3a", "s3n");

    private final FileSystem fileSystem;
    private final Path root;
    private final boolean publishesOnClose;
    /** Null unless this is S3. */
    private final S3ConditionalPut conditionalPut;

    /** Replaces a file by an atomic rename; null if the file system cannot, or does not need it. */
    private final FileContext context;

    private RunFiles(FileSystem fileSystem, Path root, S3ConditionalPut conditionalPut, FileContext context) {
        this.fileSystem = fileSystem;
        this.root = root;
        this.conditionalPut = conditionalPut;
        this.context = context;
        this.publishesOnClose = publishesOnClose(fileSystem);
    }

    /** Files under {@code location}, a path or URI. */
    public static RunFiles at(String location, Configuration configuration) {
        Path path = new Path(location);
        try {
            FileSystem fileSystem = path.getFileSystem(configuration);
            Path root = fileSystem.makeQualified(path);
            if (!isS3(fileSystem) && S3_SCHEMES.contains(fileSystem.getUri().getScheme())) {
                throw new StoreException(
                        StoreException.Reason.UNSAFE,
                        "cannot keep a run at " + location + ": "
                                + fileSystem.getClass().getName()
                                + " has no supported conditional writes, without"
                                + " which two drivers could charge the same ledger entry: use s3a:// with"
                                + " hadoop-aws, or another"
                                + " file system");
            }
            S3ConditionalPut conditionalPut = isS3(fileSystem) ? S3ConditionalPut.on(fileSystem) : null;
            // The checksummed local file system would leave a .crc file beside each file, and cannot sync.
            FileSystem files = LocalFiles.raw(fileSystem);
            return new RunFiles(files, root, conditionalPut, context(files));
        } catch (IOException e) {
            throw new StoreException("cannot reach " + location + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // Hadoop reports a missing class this way.
            if (e.getCause() instanceof ClassNotFoundException missing) {
                throw new StoreException(
                        "cannot reach " + location + ": " + missing.getMessage()
                                + "; put the jar of this file system on"
                                + " the class path, for s3a:// with --packages org.apache.hadoop:hadoop-aws:3.4.1",
                        e);
            }
            throw e;
        }
    }

    private static boolean publishesOnClose(FileSystem fileSystem) {
        return switch (fileSystem.getUri().getScheme()) {
            case "s3a", "s3", "gs" -> true;
            default -> false;
        };
    }

    private static FileContext context(FileSystem fileSystem) {
        if (isLocal(fileSystem) || publishesOnClose(fileSystem)) {
            return null;
        }
        try {
            return FileContext.getFileContext(fileSystem.getUri(), fileSystem.getConf());
        } catch (IOException | RuntimeException e) {
            // Many file systems have no FileContext, or name a class that does not exist.
            return null;
        }
    }

    @Override
    public RunFiles in(String directory) {
        return new RunFiles(fileSystem, new Path(root, directory), conditionalPut, context);
    }

    @Override
    public String location() {
        return root.toString();
    }

    /** Whether either root lies within the other, or both are the same; follows symbolic links of local files. */
    public boolean overlaps(RunFiles other) {
        String here = real() + "/";
        String there = other.real() + "/";
        return here.startsWith(there) || there.startsWith(here);
    }

    /** The root as a URI; a local one with symbolic links resolved, as far as it exists. */
    public String real() {
        if (!isLocal(fileSystem)) {
            return location().replaceAll("/+$", "");
        }
        java.nio.file.Path local = local(root).normalize();
        java.nio.file.Path existing = local;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return "file:" + existing.toRealPath().resolve(existing.relativize(local));
        } catch (IOException e) {
            throw new StoreException("cannot reach " + location() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<byte[]> readBytes(String name) {
        Path path = new Path(root, name);
        for (int attempt = 1; ; attempt++) {
            try (FSDataInputStream in = fileSystem.open(path)) {
                return Optional.of(in.readAllBytes());
            } catch (FileNotFoundException e) {
                return Optional.empty();
            } catch (IOException e) {
                // HDFS fails to read a file that is replaced meanwhile; the replacement can be read.
                if (context == null || attempt == MOST_READS) {
                    throw new StoreException("cannot read " + path + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /** Writes a file, replacing an existing one. */
    public void write(String name, String content) {
        write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file, replacing an existing one. */
    public void write(String name, byte[] content) {
        Path path = new Path(root, name);
        try {
            if (publishesOnClose) {
                writeBytes(path, content);
                return;
            }
            Path temporary = temporary(path);
            writeBytes(temporary, content);
            replace(path, temporary);
        } catch (IOException e) {
            throw new StoreException("cannot write " + path + ": " + e.getMessage(), e);
        }
    }

    private void replace(Path path, Path temporary) throws IOException {
        if (context != null) {
            context.rename(temporary, path, Options.Rename.OVERWRITE);
            return;
        }
        if (!isLocal(fileSystem)) {
            // Not atomic: a reader in between finds no file, which may stop a run but charges nothing twice.
            fileSystem.delete(path, false);
        }
        if (!fileSystem.rename(temporary, path)) {
            throw new IOException("rename refused");
        }
    }

    /**
     * Writes a file that must not exist yet.
     *
     * @return false, with nothing changed, if the file exists
     */
    public boolean create(String name, String content) {
        Path path = new Path(root, name);
        try {
            requireExclusive();
            return !fileSystem.exists(path) && createNew(path, content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StoreException("cannot create " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes a file that must not exist yet and that cannot be interpreted without its last bytes. What remains of an
     * attempt that was interrupted or lost the race lacks these bytes, unless only the last step was missing: then
     * {@link #recover} completes it.
     *
     * @param body all but the last bytes; discloses nothing without them
     * @param seal the last bytes
     * @return false, with nothing changed, if the file exists
     */
    boolean createSealed(String name, byte[] body, byte[] seal) {
        Path path = new Path(root, name);
        try {
            requireExclusive();
            if (fileSystem.exists(path)) {
                return false;
            }
            if (publishesOnClose) {
                byte[] content = Arrays.copyOf(body, body.length + seal.length);
                System.arraycopy(seal, 0, content, body.length, seal.length);
                return createNew(path, content);
            }
            Path temporary = temporary(path);
            boolean sealed = writeSealed(temporary, body, seal, path);
            boolean created = sealed && linkOrRename(temporary, path);
            discard(temporary);
            return created;
        } catch (IOException e) {
            throw new StoreException("cannot create " + path + ": " + e.getMessage(), e);
        }
    }

    /** @return false, without writing the seal, if {@code path} has appeared meanwhile */
    private boolean writeSealed(Path temporary, byte[] body, byte[] seal, Path path) throws IOException {
        fileSystem.mkdirs(temporary.getParent());
        try (FSDataOutputStream out = fileSystem.create(temporary, true)) {
            out.write(body);
            out.hsync();
            if (fileSystem.exists(path)) {
                return false;
            }
            out.write(seal);
            out.hsync();
            return true;
        }
    }

    /**
     * Completes a creation that was interrupted: if the file does not exist, a whole temporary of it takes its place.
     * All other temporaries of the file are removed. Only for callers that alone may create the file.
     *
     * @throws StoreException also if a temporary cannot be removed
     */
    void recover(String name, Predicate<byte[]> whole) {
        if (publishesOnClose) {
            return;
        }
        Path path = new Path(root, name);
        try {
            for (Path temporary : temporaries(path)) {
                if (!fileSystem.exists(path) && isWhole(temporary, whole)) {
                    linkOrRename(temporary, path);
                }
                discard(temporary);
            }
        } catch (IOException e) {
            throw new StoreException("cannot recover " + path + ": " + e.getMessage(), e);
        }
    }

    private boolean isWhole(Path temporary, Predicate<byte[]> whole) throws IOException {
        try (FSDataInputStream in = fileSystem.open(temporary)) {
            return whole.test(in.readAllBytes());
        }
    }

    private List<Path> temporaries(Path path) throws IOException {
        List<Path> temporaries = new ArrayList<>();
        try {
            for (String name : names()) {
                if (name.startsWith(temporaryPrefix(path))) {
                    temporaries.add(new Path(root, name));
                }
            }
        } catch (FileNotFoundException e) {
            return List.of();
        }
        temporaries.sort(null);
        return temporaries;
    }

    /** A temporary that did not count must not stay readable. */
    private void discard(Path temporary) throws IOException {
        if (!fileSystem.delete(temporary, false) && fileSystem.exists(temporary)) {
            throw new IOException(temporary + " cannot be removed: remove it; nothing depends on it");
        }
    }

    private void requireExclusive() throws IOException {
        if (conditionalPut == null && !isLocal(fileSystem) && !isHdfs(fileSystem)) {
            fileSystem.mkdirs(root);
            ExclusiveCreation.require(fileSystem, root, publishesOnClose, this::createNew);
        }
    }

    /** Relies on the file system alone to detect an existing file. */
    private boolean createNew(Path path, byte[] content) throws IOException {
        if (conditionalPut != null) {
            return conditionalPut.create(path, content) || isOurs(path, content);
        }
        if (publishesOnClose) {
            return createOnClose(path, content);
        }
        Path temporary = temporary(path);
        writeBytes(temporary, content);
        boolean created = linkOrRename(temporary, path);
        discard(temporary);
        return created;
    }

    /**
     * A request whose answer was lost is sent again, and then finds its own object. Where it matters which driver wrote
     * an object, no two drivers write the same content: leases name their driver, and releases hold their noise.
     */
    private boolean isOurs(Path path, byte[] content) throws IOException {
        try (FSDataInputStream in = fileSystem.open(path)) {
            return Arrays.equals(content, in.readAllBytes());
        }
    }

    /** These object stores check on the server that the object does not exist. */
    private boolean createOnClose(Path path, byte[] content) throws IOException {
        fileSystem.mkdirs(path.getParent());
        try (FSDataOutputStream out = fileSystem.create(path, false)) {
            out.write(content);
            return true;
        } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
            return false;
        }
    }

    /** HDFS refuses to rename onto an existing file. A local rename would replace the file; a hard link does not. */
    private boolean linkOrRename(Path temporary, Path path) throws IOException {
        if (!isLocal(fileSystem)) {
            return fileSystem.rename(temporary, path);
        }
        try {
            Files.createLink(local(path), local(temporary));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** A local rename replaces its target; other file systems refuse to. */
    private static boolean isLocal(FileSystem fileSystem) {
        return "file".equals(fileSystem.getUri().getScheme());
    }

    private static boolean isHdfs(FileSystem fileSystem) {
        return "hdfs".equals(fileSystem.getUri().getScheme());
    }

    /** Compares names, because the class is on the class path only where S3 is used. */
    private static boolean isS3(FileSystem fileSystem) {
        return fileSystem.getClass().getName().equals("org.apache.hadoop.fs.s3a.S3AFileSystem");
    }

    static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }

    /**
     * Checks that files can be written here. Leaves nothing behind, provided that files may be removed.
     *
     * @throws StoreException if files cannot be written
     */
    public void probe() {
        try {
            List<Path> made = missing();
            requireExclusive();
            Path file = temporary(new Path(root, "probe"));
            writeBytes(file, "Whether files can be written here.\n".getBytes(StandardCharsets.UTF_8));
            remove(file, made);
        } catch (IOException e) {
            throw new StoreException("cannot write to " + root + ": " + e.getMessage(), e);
        }
    }

    private void remove(Path file, List<Path> directories) {
        try {
            fileSystem.delete(file, false);
            for (Path directory : directories) {
                if (fileSystem.exists(directory) && fileSystem.listStatus(directory).length == 0) {
                    fileSystem.delete(directory, false);
                }
            }
        } catch (IOException e) {
            // The file stays: a writer need not be allowed to remove files, and a ledger does not need it.
        }
    }

    /** The root and its parents that do not exist, innermost first. */
    private List<Path> missing() throws IOException {
        List<Path> missing = new ArrayList<>();
        Path directory = root;
        while (directory != null && !directory.isRoot() && !fileSystem.exists(directory)) {
            missing.add(directory);
            directory = directory.getParent();
        }
        return missing;
    }

    @Override
    public List<String> list() {
        List<String> names = new ArrayList<>();
        try {
            for (String name : names()) {
                if (!name.contains(TEMPORARY)) {
                    names.add(name);
                }
            }
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new StoreException("cannot list " + root + ": " + e.getMessage(), e);
        }
        names.sort(null);
        return names;
    }

    /** Names of everything in the root. A ledger has thousands of files, and is listed several times per charge. */
    private List<String> names() throws IOException {
        if (fileSystem instanceof LocalFiles.Raw local) {
            return local.names(root);
        }
        return Arrays.stream(fileSystem.listStatus(root))
                .map(status -> status.getPath().getName())
                .toList();
    }

    /** Removes what interrupted writes left here: it was never acted upon and must not be. */
    public void removeTemporaries() {
        try {
            for (FileStatus status : fileSystem.listStatus(root)) {
                if (status.isFile() && status.getPath().getName().contains(TEMPORARY)) {
                    discard(status.getPath());
                }
            }
        } catch (FileNotFoundException e) {
            return;
        } catch (IOException e) {
            throw new StoreException("cannot clean " + root + ": " + e.getMessage(), e);
        }
    }

    /** Removes a file that nothing depends on. It stays if this driver must not remove files. */
    void removeIfAllowed(String name) {
        try {
            fileSystem.delete(new Path(root, name), false);
        } catch (IOException e) {
            // A writer need not be allowed to remove files.
        }
    }

    /** Removes this directory and everything in it. */
    public void removeAll() {
        try {
            fileSystem.delete(root, true);
            if (fileSystem.exists(root)) {
                throw new StoreException("cannot remove " + root + ": remove it");
            }
        } catch (IOException e) {
            throw new StoreException("cannot remove " + root + ": " + e.getMessage(), e);
        }
    }

    private static Path temporary(Path path) {
        return new Path(path.getParent(), temporaryPrefix(path) + UUID.randomUUID());
    }

    private static String temporaryPrefix(Path path) {
        return "." + path.getName() + TEMPORARY;
    }

    private void writeBytes(Path path, byte[] content) throws IOException {
        fileSystem.mkdirs(path.getParent());
        try (FSDataOutputStream out = fileSystem.create(path, true)) {
            out.write(content);
            if (!publishesOnClose) {
                out.hsync();
            }
        }
    }
}
