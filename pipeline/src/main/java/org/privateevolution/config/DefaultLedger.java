package org.privateevolution.config;

import java.util.Optional;
import org.privateevolution.model.RunSpec;

/** Where the ledger of a data set is if nobody says: beside the files, under their name and {@code .ledger}. */
public final class DefaultLedger {

    private static final String SUFFIX = ".ledger";
    private static final String PATTERN = ".*[*?\\[\\]{}].*";

    /** A scheme and a bucket or host at most. */
    private static final String ROOT = "[A-Za-z][A-Za-z0-9+.-]*:(/*|//[^/]*)";

    private DefaultLedger() {}

    /**
     * The default for these private data; empty if they are a table or a DataFrame, or of the format of an extension, whose
     * location need be no path: what lies beside it would depend on the folder that a run is started in.
     */
    static Optional<String> of(RunSpec.PrivateData data) {
        return data.isExtension() ? Optional.empty() : of(data.format(), data.location());
    }

    /**
     * The default for data of a format that this project brings.
     *
     * @param location a path or URI; of a pattern, the part before its first component with a wildcard counts
     * @return empty if the data are no files, or the part that counts names none
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
