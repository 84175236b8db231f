package org.privateevolution.jobs;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.NearestFile;
import org.privateevolution.spark.ConfigurationFile;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.UnreadableReason;

/** Reads private data for a draft, and says what is wrong without quoting a value. */
final class DraftReading {

    private DraftReading() {}

    /**
     * The result of reading.
     *
     * @throws PrivateDataException if the data cannot be read
     */
    static <T> T of(String format, String location, Callable<T> reading) {
        try {
            return reading.call();
        } catch (PrivateDataException | ConfigurationException e) {
            throw e;
        } catch (Exception e) {
            // Spark throws its checked AnalysisException undeclared, and its messages may quote a value.
            boolean lines = e instanceof AnalysisException analysis
                    && analysis.getCondition().endsWith("QUERY_ONLY_CORRUPT_RECORD_COLUMN");
            if (e instanceof AnalysisException analysis
                    && analysis.getCondition().equals("PATH_NOT_FOUND")) {
                throw new PrivateDataException("cannot read " + location + ": it does not exist" + nearest(location));
            }
            String reason = lines
                    ? "its lines are not JSON objects; if the file is an array, add --option multiLine=true"
                    : UnreadableReason.of(e);
            throw new PrivateDataException("cannot read " + location + " as " + format + ": " + reason, e);
        }
    }

    private static String nearest(String location) {
        return ConfigurationFile.isUri(location)
                ? ""
                : NearestFile.of(Path.of(location))
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
    }
}
