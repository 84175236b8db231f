package org.privateevolution.jobs;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.RunResult;
import org.privateevolution.spark.StartupChecks;

/**
 * {@code pe run} for notebooks: on the existing session, with the same checks, and with progress on the standard
 * error of the driver.
 *
 * <pre>{@code
 * val spec = RunConfiguration.parse(yaml, "customers", java.util.List.of())
 * val result = NotebookRun.on(spark).privateData(customers).run(spec)
 * result.synthetic.show()
 * println(result.guarantee.sentence)
 * }</pre>
 */
public final class NotebookRun {

    private final SparkSession spark;
    private final PrivateEvolution privateEvolution;
    /** Receives the progress; null for standard error. */
    private final NotebookProgress shown;

    private NotebookRun(SparkSession spark, PrivateEvolution privateEvolution, NotebookProgress shown) {
        this.spark = spark;
        this.privateEvolution = privateEvolution;
        this.shown = shown;
    }

    public static NotebookRun on(SparkSession spark) {
        return on(spark, PrivateEvolution.on(spark));
    }

    static NotebookRun on(SparkSession spark, PrivateEvolution privateEvolution) {
        return new NotebookRun(spark, privateEvolution, null);
    }

    private NotebookRun with(PrivateEvolution other) {
        return new NotebookRun(spark, other, shown);
    }

    /** The same, with its progress written to another place than the driver's standard error. */
    public NotebookRun progress(NotebookProgress progress) {
        return new NotebookRun(spark, privateEvolution, progress);
    }

    /** The same, on private records in a DataFrame: {@link PrivateEvolution#privateData}. */
    public NotebookRun privateData(Dataset<Row> records) {
        return with(privateEvolution.privateData(records));
    }

    /**
     * The same, with samples that this program's generator makes: {@link PrivateEvolution#generator}. The generator
     * sees only declarations and synthetic samples.
     */
    public NotebookRun generator(NotebookGenerator generator) {
        return with(privateEvolution.generator(context -> new BatchGeneration(generator, context)));
    }

    /** The same, allowed or not to continue an existing run with another schedule or privacy target. */
    public NotebookRun extend(boolean extend) {
        return with(privateEvolution.extend(extend));
    }

    /**
     * Runs or resumes a run: {@link PrivateEvolution#run}.
     *
     * @throws org.privateevolution.config.ConfigurationException also if this machine does not meet the requirements
     */
    public RunResult run(RunSpec spec) {
        StartupChecks checks = StartupChecks.here();
        checks.requirePlatform(RunCost.of(spec).driverBytes());
        try (ConsoleProgress progress = consoleProgress()) {
            checks.notices().forEach(progress::notice);
            StartupChecks.requireStorage(spark, spec);
            try {
                return privateEvolution.listener(progress).run(spec);
            } catch (RuntimeException e) {
                if (progress.resumable()) {
                    progress.notice("Finished work is kept. To resume, start the same run again.");
                }
                throw e;
            }
        }
    }

    private ConsoleProgress consoleProgress() {
        return shown == null
                ? ConsoleProgress.on(new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8)))
                : ConsoleProgress.lines(new PrintWriter(new LineWriter(shown::line)));
    }

    /**
     * Reads the private data and checks them against their declaration; releases nothing.
     *
     * @throws org.privateevolution.spark.source.PrivateDataException if the data do not fit the declaration
     */
    public void check(RunSpec spec) {
        StartupChecks.here().requirePlatform(RunCost.of(spec).driverBytes());
        StartupChecks.requireStorage(spark, spec);
        privateEvolution.check(spec);
    }
}
