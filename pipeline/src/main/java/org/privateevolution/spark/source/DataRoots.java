package org.privateevolution.spark.source;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.spark.session.SessionFiles;

/**
 * The files and folders that a path or pattern of private data names. Hadoop expands alternatives such as
 * {@code {2024,2024/late}} one by one, and readers then read the files below both of them twice, so that one record has
 * two votes.
 */
public final class DataRoots {

    private static final Pattern SPECIAL = Pattern.compile("[\\[\\]{}*?\\\\]");

    private DataRoots() {}

    /** {@link #pattern(String, Configuration)} on the file systems of a session. */
    public static String pattern(SparkSession spark, String location) throws IOException {
        return pattern(location, SessionFiles.configuration(spark));
    }

    /**
     * Writes a location for Hadoop's and Spark's readers, which take every path for a pattern: a path that exists as it
     * is written, such as {@code exports [2024]}, is escaped, so that it is taken literally.
     */
    public static String pattern(String location, Configuration hadoop) throws IOException {
        if (!SPECIAL.matcher(location).find()) {
            return location;
        }
        Path literal = new Path(location);
        return literal.getFileSystem(hadoop).exists(literal)
                ? SPECIAL.matcher(location).replaceAll("\\\\$0")
                : location;
    }

    /**
     * Refuses a pattern that names a file or folder twice, or one within another, also through symbolic links on a
     * local disk. A path with nothing at it is left for the reader to refuse.
     *
     * @throws PrivateDataException if records would be read twice
     */
    public static void requireApart(String location, Configuration hadoop) {
        Set<String> roots = new HashSet<>();
        try {
            Path pattern = new Path(pattern(location, hadoop));
            FileSystem fileSystem = pattern.getFileSystem(hadoop);
            FileStatus[] found = fileSystem.globStatus(pattern);
            for (FileStatus status : found == null ? new FileStatus[0] : found) {
                if (!roots.add(real(fileSystem.makeQualified(status.getPath())))) {
                    throw twice(location);
                }
            }
        } catch (IllegalArgumentException e) {
            // For example, Hadoop refuses a colon in a name.
            throw new PrivateDataException("private_data: cannot list " + location + ": " + UnreadableReason.of(e));
        } catch (IOException e) {
            throw new PrivateDataException("private_data: cannot list " + location + ": " + UnreadableReason.of(e)
                    + "; check that it can be reached with these credentials");
        }
        for (String root : roots) {
            for (int end = root.lastIndexOf('/'); end > 0; end = root.lastIndexOf('/', end - 1)) {
                if (roots.contains(root.substring(0, end))) {
                    throw twice(location);
                }
            }
        }
    }

    /**
     * Refuses a file that Spark's readers would silently skip as hidden, even though it is given by name.
     *
     * @throws PrivateDataException if the location is such a file
     */
    public static void requireSeen(String location, Configuration hadoop) throws IOException {
        String name = new Path(location).getName();
        boolean hidden = (name.startsWith("_") && !name.contains("=")) || name.startsWith(".");
        if (hidden) {
            Path pattern = new Path(pattern(location, hadoop));
            FileStatus[] found = pattern.getFileSystem(hadoop).globStatus(pattern);
            if (found != null && Arrays.stream(found).anyMatch(FileStatus::isFile)) {
                throw new PrivateDataException("private_data: " + location
                        + " would not be read: Spark leaves out files whose names begin with _ or . : rename it");
            }
        }
    }

    private static String real(Path path) throws IOException {
        return "file".equals(path.toUri().getScheme())
                ? java.nio.file.Path.of(path.toUri().getPath()).toRealPath().toString()
                : path.toString();
    }

    private static PrivateDataException twice(String location) {
        return new PrivateDataException("private_data: " + location + " names a file or folder twice, or one within"
                + " another: their records would be read, and vote, twice. Name each once");
    }
}
