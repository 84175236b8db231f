package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spi.StoreException;
import org.privateevolution.store.RunFiles;
import scala.util.Properties;

/**
 * Checks whether a run can work on this platform, before anything is read. Each failure is one line that says what to
 * change.
 *
 * @param spark Spark's version: 4.0 to 4.2 are supported, later 4.x are tried with a notice, others are refused
 * @param scala Scala's version
 * @param java Java's feature version
 * @param vectorModule whether the Vector API is available
 * @param heapBytes largest size of the driver's heap, in bytes
 */
public record StartupChecks(String spark, String scala, int java, boolean vectorModule, long heapBytes) {

    private static final String SPARK = "4.";
    private static final List<String> TESTED_SPARKS = List.of("4.0.", "4.1.", "4.2.");
    private static final String SCALA = "2.13.";
    private static final int OLDEST_JAVA = 17;

    /** From this version on, Java refuses calls of Hadoop 3.4.1, which Spark up to 4.1 ships. */
    private static final int JAVA_WITHOUT_SUBJECT = 24;

    /** Memory that Spark reserves in the driver. */
    private static final long SPARKS_OWN_BYTES = 300L << 20;

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** The checks of this JVM. */
    public static StartupChecks here() {
        return new StartupChecks(
                org.apache.spark.package$.MODULE$.SPARK_VERSION(),
                Properties.versionNumberString(),
                Runtime.version().feature(),
                ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent(),
                Runtime.getRuntime().maxMemory());
    }

    /**
     * Checks versions and memory.
     *
     * @param driverBytes approximate driver memory that the run's candidates, their vectors and histograms take, in
     *     bytes
     * @throws ConfigurationException with one line per requirement that is not met
     */
    public void requirePlatform(long driverBytes) {
        List<String> problems = versionProblems();
        memoryProblem(driverBytes).ifPresent(problems::add);
        throwIfAny(problems);
    }

    /**
     * Checks versions.
     *
     * @throws ConfigurationException with one line per requirement that is not met
     */
    public void requireVersions() {
        throwIfAny(versionProblems());
    }

    private static void throwIfAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(ConfigurationException.Reason.PLATFORM, problems);
        }
    }

    private List<String> versionProblems() {
        List<String> problems = new ArrayList<>();
        if (!spark.startsWith(SPARK)) {
            problems.add("Spark " + spark + " is not supported: use Spark 4.0, 4.1 or 4.2, with Scala 2.13");
        }
        if (!scala.startsWith(SCALA)) {
            problems.add("Scala " + scala + " is not supported: use a Spark that is built for Scala 2.13");
        }
        if (java < OLDEST_JAVA) {
            problems.add("Java " + java + " is not supported: set JAVA_HOME to a JDK 17 or 21");
        }
        if (java >= JAVA_WITHOUT_SUBJECT && (spark.startsWith("4.0.") || spark.startsWith("4.1."))) {
            problems.add("Java " + java + " is not supported by Spark " + spark + ": set JAVA_HOME to a JDK 17 or 21");
        }
        return problems;
    }

    /** Explains why this heap is too small for a run; empty if it is not. */
    public Optional<String> memoryProblem(long driverBytes) {
        long needed = driverBytes + SPARKS_OWN_BYTES;
        return heapBytes >= needed
                ? Optional.empty()
                : Optional.of("the driver's heap of " + mebibytes(heapBytes)
                        + " MiB is too small for this run, which takes about "
                        + mebibytes(driverBytes) + " MiB of it beside Spark's own " + mebibytes(SPARKS_OWN_BYTES)
                        + ": give spark-submit --driver-memory " + gibibytes(needed)
                        + "g (scripts/pe: JAVA_TOOL_OPTIONS=-Xmx"
                        + gibibytes(needed) + "g), or smaller populations");
    }

    /** What works, but less well than it could; one line each. */
    public List<String> notices() {
        List<String> notices = new ArrayList<>();
        if (spark.startsWith(SPARK) && TESTED_SPARKS.stream().noneMatch(spark::startsWith)) {
            notices.add("Spark " + spark + " was not tested: 4.0, 4.1 and 4.2 are supported");
        }
        if (!vectorModule) {
            notices.add("no module " + VECTOR_MODULE
                    + " in this JVM: the search for nearest neighbours uses plain Java, which is"
                    + " slower with the same results; start Java with --add-modules=" + VECTOR_MODULE);
        }
        return notices;
    }

    /**
     * Checks that the run's output and ledger, and the place where it would keep private data, can be written. Leaves
     * nothing behind.
     *
     * @throws ConfigurationException if private data would be kept where results are published, or their key is
     *     unusable
     * @throws StoreException if one of the places cannot be written
     */
    public static void requireStorage(SparkSession spark, RunSpec spec) {
        Configuration hadoop = SessionFiles.configuration(spark);
        requireWritable("output.path", spec.output().location(), hadoop);
        requireWritable("privacy.ledger", spec.privacy().ledger(), hadoop);
        PrivateStore.of(spark, spec);
        if (spec.modality().content().isPresent()) {
            requireWritable(
                    "private_data.store.path", spec.privateData().store().path(), hadoop);
        }
    }

    private static void requireWritable(String key, String location, Configuration hadoop) {
        try {
            RunFiles.at(location, hadoop).probe();
        } catch (StoreException e) {
            throw new StoreException(
                    key + ": " + e.getMessage() + ": choose another, or give this driver permission to write it", e);
        }
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    /** Rounds up. */
    private static long gibibytes(long bytes) {
        return (bytes + (1L << 30) - 1) >> 30;
    }
}
