package org.privateevolution.spark.discovery;

import org.apache.spark.sql.SparkSession;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.store.RunFiles;

/** Writes the draft of a discovery. */
public final class DiscoveryFiles {

    private DiscoveryFiles() {}

    /**
     * Where a draft lies.
     *
     * @param kept whether another draft existed there, perhaps edited, and was kept
     */
    public record Written(String location, boolean kept) {}

    /** Writes a draft into the output of a discovery, unless one exists. */
    public static Written write(SparkSession spark, DiscoveryRequest request, String name, String draft) {
        RunFiles output = RunFiles.at(request.output(), SessionFiles.configuration(spark));
        boolean created = output.create(name, draft);
        boolean same = created || output.read(name).filter(draft::equals).isPresent();
        return new Written(output.location() + "/" + name, !same);
    }
}
