package org.privateevolution.jobs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.spark.discovery.Discovery;
import org.privateevolution.spark.discovery.DiscoveryRequest;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;

/** What {@code pe plan}, {@code ledger}, {@code discover} and {@code propose-schema} say, as JSON or YAML. */
public final class NotebookAnswers {

    private NotebookAnswers() {}

    /**
     * The cost of a run, and whether its ledger has budget left for it: the JSON object of {@code pe plan --json}.
     *
     * @param rows approximate number of private records; 0 if unknown
     */
    public static String plan(RunSpec run, long rows) {
        if (rows < 0) {
            throw new ConfigurationException(List.of("rows: " + rows + " is not allowed: must be at least 1"));
        }
        RunCost cost = RunCost.of(run);
        Optional<Long> known = rows == 0 ? Optional.empty() : Optional.of(rows);
        return Json.object(
                new PlanFigures(run, cost, LedgerFigures.of(run), known, PlanFigures.measuredGflops(cost, known))
                        .values());
    }

    /**
     * The account of a ledger: the JSON object of {@code pe ledger --json}.
     *
     * @param location of the ledger, a path or URI
     */
    public static String ledger(SparkSession spark, String location) {
        RunFiles files = RunFiles.at(
                location,
                SparkHadoopUtil.get().newConfiguration(spark.sparkContext().getConf()));
        FileLedgerStorage storage = new FileLedgerStorage(files);
        return Json.object(LedgerAccount.of(new Ledger(storage), storage.location(), Optional.empty(), Optional.empty())
                .values());
    }

    /**
     * Drafts a configuration. The draft is NOT private, and says so.
     *
     * @param label column to condition on; null for none
     */
    public static String draft(
            SparkSession spark,
            String format,
            String location,
            Map<String, String> options,
            String label,
            int maxCategories) {
        DraftFrame frame = DraftFrame.of(format, location, options);
        return new SchemaDraft(spark, frame, label, maxCategories).yaml();
    }

    /** The same, for a DataFrame that the configuration calls {@code name}. */
    public static String draft(Dataset<Row> rows, String name, String label, int maxCategories) {
        DraftFrame frame = DraftFrame.of(RunSpec.PrivateData.DATA_FRAME, name, Map.of());
        return new SchemaDraft(rows, frame, label, maxCategories).yaml();
    }

    /**
     * Drafts a configuration under differential privacy, as {@code pe discover} does, and writes it into the output.
     *
     * @param records the private data if {@code format} is {@code dataframe}; otherwise null
     * @param location path or name of a table, or the public name of the DataFrame
     * @param columns columns to examine; empty for all
     * @param client column of the client id; null to protect records
     * @param adjacency as in {@code privacy.adjacency}
     * @param ledger the data set's ledger; null for the default
     * @param output folder of the draft and of the release
     * @return the draft
     */
    public static String discover(
            SparkSession spark,
            Dataset<Row> records,
            String format,
            String location,
            Map<String, String> options,
            List<String> columns,
            String client,
            double epsilon,
            double delta,
            String adjacency,
            String ledger,
            String output) {
        DiscoveryRequest request = new DiscoveryRequest(
                format,
                location,
                options,
                columns,
                client == null ? "" : client,
                epsilon,
                delta,
                adjacency(adjacency),
                ledger,
                output);
        Discovery discovery = Discovery.on(spark);
        Discovery.Result result = (records == null ? discovery : discovery.privateData(records)).run(request);
        return WrittenDraft.of(spark, request, result).yaml();
    }

    private static Adjacency adjacency(String name) {
        try {
            return Adjacency.parse(name);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("adjacency: " + e.getMessage()));
        }
    }

    /** Tells the format from the extension of a location; null if it has none. */
    public static String format(String location) {
        return TableFormat.of(location).orElse(null);
    }
}
