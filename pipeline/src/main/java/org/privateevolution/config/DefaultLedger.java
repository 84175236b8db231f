package org.privateevolution.config;

import java.util.Optional;
import org.privateevolution.model.RunSpec;

/**
 * Chooses the location of a data set's ledger if the configuration names none: beside the data files, under their name
 * with {@code .ledger} appended.
 */
public final class DefaultLedger {

    static final String SUFFIX = ".ledger";
    private static final String PATTERN = ".*[*?\\[\\]{}].*";

    /** Matches locations without a folder: a scheme, and at most a bucket or host. */
    private static final String ROOT = "[A-Za-z][A-Za-z0-9+.-]*:(/*|//[^/]*)";

    private DefaultLedger() {}

    /**
     * Returns the default location for private data. It is empty for a table or DataFrame, and for the format of an
     * extension, whose location need not be a path: anything beside it would depend on the folder in which a run is
     * started.
     */
    static Optional<String> of(RunSpec.PrivateData data) {
        return data.isExtension() ? Optional.empty() : of(data.format(), data.location());
    }

    /**
     * Returns the default location for data in one of the project's own formats.
     *
     * @param location a path or URI; of a pattern, the default uses the part before the first component with a wildcard
     * @return empty if the data are not files, or if the path has no part to put the ledger beside
     */
    public static Optional<String> of(String format, String location) {
        if (format.equals("table") || format.equals(RunSpec.PrivateData.DATA_FRAME)) {
            return Optional.empty();
        }
        String path = location;
        while (path.matches(PATTERN)) {
            path = path.substring(0, Math.max(0, path.replaceAll("/+$", "").lastIndexOf('/')));
        }
        path = path.replaceAll("/+$", "");
        return path.isEmpty() || path.matches(ROOT) || path.matches("(.*/)?\\.{1,2}")
                ? Optional.empty()
                : Optional.of(path + SUFFIX);
    }
}
