package org.privateevolution.jobs;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.privateevolution.config.NearestFile;
import org.privateevolution.spark.ConfigurationFile;

/** Checks paths on this machine's disk before the slow start of Spark. */
final class LocalPath {

    private static final String TABLE = "table";

    private LocalPath() {}

    /**
     * Says that a location does not exist, and names the nearest file in its folder. Returns empty if the location
     * exists, or if only Spark can tell: for a URI, a pattern, the name of a table, or the disk of a cluster.
     *
     * @param format format of the data there; null if it is not known
     */
    static Optional<String> problem(String location, String format) {
        if (TABLE.equals(format)
                || ConfigurationFile.isUri(location)
                || location.matches(".*[*?\\[{].*")
                || !LocalSession.readsThisDisk()) {
            return Optional.empty();
        }
        Path path;
        try {
            path = Path.of(location);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        if (Files.exists(path)) {
            return Optional.empty();
        }
        boolean tableName = format == null
                && location.matches("\\w+(\\.\\w+)+")
                && TableFormat.of(location).isEmpty();
        return Optional.of(location + " does not exist"
                + NearestFile.of(path)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(tableName ? "; if it is the name of a table, add --format table" : ""));
    }
}
