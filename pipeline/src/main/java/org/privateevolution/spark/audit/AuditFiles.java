package org.privateevolution.spark.audit;

import org.apache.spark.sql.SparkSession;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.store.RunFiles;

/** The files that an audit leaves. */
public final class AuditFiles {

    private AuditFiles() {}

    /** Writes {@code audit.json} and {@code audit.html} into the audit's output, and returns its location. */
    public static String write(SparkSession spark, Findings findings, String json) {
        RunFiles output = RunFiles.at(findings.settings().output(), SessionFiles.configuration(spark));
        output.write("audit.json", json + "\n");
        output.write("audit.html", FindingsPage.of(findings).html());
        return output.location();
    }
}
