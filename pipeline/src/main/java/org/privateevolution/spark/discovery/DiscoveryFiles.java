package org.privateevolution.spark.discovery;

import org.apache.spark.sql.SparkSession;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.store.RunFiles;

/** The draft that a discovery leaves. */
public final class DiscoveryFiles {

    private DiscoveryFiles() {}

    /**
     * Where a draft is.
     *
     * @param kept whether another one stood there, which somebody may have edited
     */
    public record Written(String location, boolean kept) {}

    /** Writes a draft into the output of a discovery, if there is none. */
    public static Written write(SparkSession spark, DiscoveryRequest request, String name, String draft) {
        RunFiles output = RunFiles.at(request.output(), SessionFiles.configuration(spark));
        boolean created = output.create(name, draft);
        boolean same = created || output.read(name).filter(draft::equals).isPresent();
        return new Written(output.location() + "/" + name, !same);
    }
}
