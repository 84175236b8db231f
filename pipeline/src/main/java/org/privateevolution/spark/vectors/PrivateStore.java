package org.privateevolution.spark.vectors;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.parquet.crypto.keytools.KeyToolkit;
import org.apache.parquet.crypto.keytools.PropertiesDrivenCryptoFactory;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.Setting;
import org.privateevolution.config.Settings;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.LocalFiles;
import org.privateevolution.store.RunFiles;

/**
 * The folder for everything that a run derives from private records and has to keep. It lies outside the published
 * output; its owner alone may read it, where the file system has permissions; it is encrypted if a key is given; and it
 * is removed when the run is published. EVERYTHING IN IT IS PRIVATE DATA.
 */
public final class PrivateStore {

    /** A folder with this file was made by this class and may be removed. */
    private static final String MARKER = "PRIVATE-DATA";

    private static final String MARKED = "What lies here is derived from private records. Do not publish it.\n";
    private static final Set<String> WITH_PERMISSIONS = Set.of("file", "hdfs", "webhdfs", "swebhdfs", "viewfs");
    private static final FsPermission OWNERS_FOLDER = new FsPermission((short) 0700);
    private static final FsPermission OWNERS_FILE = new FsPermission((short) 0600);
    private static final int KEY_BYTES = 32;
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{64}");

    private final FileSystem fileSystem;
    private final Path root;
    private final RunFiles files;
    private final Map<String, String> encryption;

    private PrivateStore(FileSystem fileSystem, Path root, RunFiles files, Map<String, String> encryption) {
        this.fileSystem = fileSystem;
        this.root = root;
        this.files = files;
        this.encryption = encryption;
    }

    /**
     * The store of a run. Does not create the folder yet.
     *
     * @throws ConfigurationException if the store's path lies within or around a published path, or the key is unusable
     * @throws StoreException if the file system cannot be reached
     */
    public static PrivateStore of(SparkSession spark, RunSpec spec) {
        return of(spec, SessionFiles.configuration(spark), System::getenv);
    }

    /** @param environment returns the value of an environment variable, null if it is not set */
    static PrivateStore of(RunSpec spec, Configuration hadoop, UnaryOperator<String> environment) {
        RunSpec.PrivateStore declared = spec.privateData().store();
        RunFiles files = RunFiles.at(declared.path(), hadoop);
        requireApart(files, Settings.OUTPUT_PATH, spec.output().location(), hadoop);
        requireApart(files, Settings.PRIVACY_LEDGER, spec.privacy().ledger(), hadoop);
        try {
            Path root = new Path(files.location());
            FileSystem fileSystem = LocalFiles.raw(root.getFileSystem(hadoop));
            return new PrivateStore(fileSystem, root, files, encryption(declared.keyVariable(), environment));
        } catch (IOException e) {
            throw new StoreException("cannot reach " + declared.path() + ": " + e.getMessage(), e);
        }
    }

    private static void requireApart(RunFiles store, Setting<?> setting, String location, Configuration hadoop) {
        if (store.overlaps(RunFiles.at(location, hadoop))) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.PLACE,
                    List.of(Settings.PRIVATE_DATA_STORE_PATH.path() + ": " + store.location()
                            + " is not allowed: it lies in "
                            + setting.path()
                            + " or around it, which others may see, and contains private data: choose"
                            + " a separate folder"));
        }
    }

    private static Map<String, String> encryption(String variable, UnaryOperator<String> environment) {
        if (variable.isEmpty()) {
            return Map.of();
        }
        String value = environment.apply(variable);
        byte[] key = value == null ? null : key(value.strip());
        if (key == null) {
            throw new ConfigurationException(
                    List.of(Settings.PRIVATE_DATA_STORE_KEY_ENV.path() + ": environment variable "
                            + variable + (value == null ? " is not set" : " contains no key of 256 bits")
                            + ": set it to 64 hexadecimal digits or 32 bytes in Base64, as `openssl rand"
                            + " -hex 32` prints"));
        }
        return Map.of(
                "parquet.crypto.factory.class",
                PropertiesDrivenCryptoFactory.class.getName(),
                KeyToolkit.KMS_CLIENT_CLASS_PROPERTY_NAME,
                StoreKey.class.getName(),
                KeyToolkit.KEY_ACCESS_TOKEN_PROPERTY_NAME,
                Base64.getEncoder().encodeToString(key),
                PropertiesDrivenCryptoFactory.UNIFORM_KEY_PROPERTY_NAME,
                StoreKey.NAME);
    }

    /** Decodes a key of 32 bytes from hexadecimal digits or Base64; null if the text is not such a key. */
    private static byte[] key(String text) {
        if (HEXADECIMAL.matcher(text).matches()) {
            return HexFormat.of().parseHex(text);
        }
        try {
            byte[] key = Base64.getDecoder().decode(text);
            return key.length == KEY_BYTES ? key : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Files under a subdirectory. The root folder exists after {@link #open}. */
    public RunFiles in(String directory) {
        return files.in(directory);
    }

    /** Options for Spark's Parquet reader and writer. They hold the key, if there is one. */
    public Map<String, String> options() {
        return encryption;
    }

    boolean isEncrypted() {
        return !encryption.isEmpty();
    }

    public DataFrameReader reader(SparkSession spark) {
        return spark.read().options(encryption);
    }

    /**
     * Creates the folder, readable by its owner alone, before anything is written to it.
     *
     * @throws StoreException if the folder holds other files, or others may read it
     */
    void open() {
        try {
            if (!fileSystem.exists(root)) {
                fileSystem.mkdirs(root.getParent());
                fileSystem.mkdirs(root, OWNERS_FOLDER);
            } else if (!isOurs() && fileSystem.listStatus(root).length > 0) {
                throw new StoreException(Settings.PRIVATE_DATA_STORE_PATH.path() + ": " + root
                        + " contains other files; a run removes the folder when it is published: name one that is"
                        + " empty or"
                        + " does not exist");
            }
            restrict(root, OWNERS_FOLDER);
            files.write(MARKER, MARKED);
            restrict(new Path(root, MARKER), OWNERS_FILE);
        } catch (IOException e) {
            throw new StoreException(
                    "cannot create the private store " + root + ": " + e.getMessage() + ": choose another "
                            + Settings.PRIVATE_DATA_STORE_PATH.path(),
                    e);
        }
    }

    private boolean isOurs() throws IOException {
        return fileSystem.exists(new Path(root, MARKER));
    }

    /**
     * Takes away the permissions of others that Spark's writers granted. Others could not reach these files before
     * either, since the root folder is closed to them.
     */
    public void close(String location) {
        try {
            close(new Path(location));
        } catch (IOException e) {
            throw new StoreException("cannot restrict " + location + " to its owner: " + e.getMessage(), e);
        }
    }

    private void close(Path directory) throws IOException {
        if (!knowsPermissions()) {
            return;
        }
        restrict(directory, OWNERS_FOLDER);
        for (FileStatus inside : fileSystem.listStatus(directory)) {
            if (inside.isDirectory()) {
                close(inside.getPath());
            } else {
                restrict(inside.getPath(), OWNERS_FILE);
            }
        }
    }

    private void restrict(Path path, FsPermission permission) throws IOException {
        if (!knowsPermissions()) {
            return;
        }
        fileSystem.setPermission(path, permission);
        FsPermission shown = fileSystem.getFileStatus(path).getPermission();
        if (!shown.equals(permission)) {
            throw new IOException(path + " has the permissions " + shown + " and not " + permission
                    + ", so others may read private data there");
        }
    }

    private boolean knowsPermissions() {
        return WITH_PERMISSIONS.contains(fileSystem.getUri().getScheme());
    }

    /**
     * Removes the folder and everything in it, if it exists.
     *
     * @throws StoreException if some of it remains
     */
    public void remove() {
        String left = "private data is left in " + root + ": remove the folder, and do not publish it";
        try {
            if (!fileSystem.exists(root) || !isOurs()) {
                return;
            }
            // Deleting a symbolic link would leave its target, so everything in the folder is deleted first.
            for (FileStatus inside : fileSystem.listStatus(root)) {
                fileSystem.delete(inside.getPath(), true);
            }
            if (fileSystem.listStatus(root).length > 0) {
                throw new StoreException(left);
            }
            fileSystem.delete(root, true);
        } catch (IOException e) {
            throw new StoreException(left + "; it could not be removed: " + e.getMessage(), e);
        }
    }
}
