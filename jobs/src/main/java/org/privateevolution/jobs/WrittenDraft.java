package org.privateevolution.jobs;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.spark.discovery.Discovery;
import org.privateevolution.spark.discovery.DiscoveryFiles;
import org.privateevolution.spark.discovery.DiscoveryRequest;
import org.privateevolution.spark.source.PrivateDataException;

/**
 * The draft of a discovery, in its output.
 *
 * @param yaml the draft that follows from the release
 * @param written where it lies, unless an edited draft lay there and was kept
 */
record WrittenDraft(String yaml, DiscoveryFiles.Written written) {

    static final String NAME = "draft.yaml";

    /**
     * Writes the draft of a release.
     *
     * @throws PrivateDataException if the release shows no column
     */
    static WrittenDraft of(SparkSession spark, DiscoveryRequest request, Discovery.Result result) {
        boolean nothing = result.table().columns().stream().allMatch(DiscoveredColumn::leftOut);
        if (result.children().isEmpty() && nothing) {
            throw refused("no column is visible through the noise, so there is nothing to draft: give");
        }
        boolean lacking = result.tables().children().stream()
                .anyMatch(child ->
                        child.rows().isEmpty() || child.columns().stream().allMatch(DiscoveredColumn::leftOut));
        String yaml = DiscoveredDraft.yaml(request, result);
        if (nothing || lacking) {
            String location = DiscoveryFiles.write(spark, request, NAME, yaml).location();
            throw refused("of one of the tables, no column or number of rows is visible through the noise, so the draft"
                    + " lacks it: " + location + "; declare it there, or give");
        }
        // `pe validate` has to accept the draft.
        RunConfiguration.parse(yaml, NAME, List.of());
        return new WrittenDraft(yaml, DiscoveryFiles.write(spark, request, NAME, yaml));
    }

    private static PrivateDataException refused(String why) {
        return new PrivateDataException(
                PrivateDataException.Reason.DISCOVERY,
                why + " a larger epsilon or fewer columns, and another output. This is a new release and is charged"
                        + " again");
    }
}
