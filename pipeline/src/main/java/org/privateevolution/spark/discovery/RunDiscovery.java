package org.privateevolution.spark.discovery;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.DiscoveredTable;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.DiscoverySpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.BudgetReading;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PartitionThreshold;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.Release;
import org.privateevolution.run.PrivateReleases;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.DiscoveredSections;
import org.privateevolution.store.ExaminedColumns;
import org.privateevolution.store.RunFiles;

/**
 * The discovery that a run makes before anything else: one release of the run, from which its columns and labels
 * follow. They are committed beside the results before the run uses them, so every later start uses the same.
 */
public final class RunDiscovery {

    private static final String DRAFT = "draft.yaml";

    private static final MathContext UP = new MathContext(4, RoundingMode.CEILING);
    private static final MathContext DOWN = new MathContext(4, RoundingMode.FLOOR);

    private final SparkSession spark;
    private final RunSpec spec;
    private final Release release;
    private final PrivateReleases releases;
    private final RunFiles files;
    private final RunListener listener;

    /**
     * @param spec a run whose columns are to be discovered
     * @param release the planned release
     * @param output the run's output
     */
    public RunDiscovery(
            SparkSession spark,
            RunSpec spec,
            Release release,
            PrivateReleases releases,
            RunFiles output,
            RunListener listener) {
        this.spark = spark;
        this.spec = spec;
        this.release = release;
        this.releases = releases;
        this.files = DiscoveredSections.files(output);
        this.listener = listener;
    }

    /**
     * The run with its columns and labels, from an earlier start or by making the release. An earlier start's hold for
     * the columns that the source had then: one that has others now holds other data.
     *
     * @param source opens the records, at the version that the whole run reads
     * @param reads whether this start reads private records after the discovery
     * @throws org.privateevolution.config.ConfigurationException if the data lack a column that is to be examined
     * @throws PrivateDataException if the data cannot be read, have other columns than when the discovery began, or too
     *     little is visible through the noise to go on
     * @throws PrivacyException if the ledger refuses the release or has lost it
     */
    public RunSpec discovered(Supplier<PrivateSource> source, boolean reads) {
        Optional<DiscoveredSections> committed = DiscoveredSections.read(files, release.runId());
        Optional<NoisyHistogram> made = releases.made(release);
        if (committed.isPresent()) {
            if (made.isEmpty()) {
                throw new PrivacyException(
                        PrivacyException.Reason.RELEASE,
                        "release " + release.releaseId() + " was made, as " + files.location()
                                + " shows, but neither the ledger nor the store has it: restore them; a new one would"
                                + " spend more than was charged");
            }
            if (reads) {
                ExaminedColumns.read(files).ifPresent(before -> requireSame(before, types(source.get())));
            }
            listener.notice("using the columns that an earlier start discovered: " + files.location() + "/" + DRAFT);
            return with(committed.get().yaml());
        }
        listener.stageStarted("discovering the columns", 0);
        PrivateSource records = source.get();
        DiscoveryStage stage = new DiscoveryStage(spark, spec, examined(types(records), made.isPresent()));
        PartitionThreshold threshold = stage.threshold(release.noiseMultiplier(), release.thresholdDelta());
        NoisyHistogram released =
                made.orElseGet(() -> releases.release(release, () -> stage.count(records, threshold)));
        return use(stage.read(discoveredLabel(), released, threshold));
    }

    /** Columns to examine, in the order in which they were when the release was made. */
    private Map<String, ColumnType> examined(Map<String, ColumnType> types, boolean made) {
        if (!made) {
            recorded(types).write(files);
            return types;
        }
        // A run of an earlier version has no record.
        ExaminedColumns before = ExaminedColumns.read(files).orElseGet(() -> recorded(types));
        requireSame(before, types);
        Map<String, ColumnType> ordered = new LinkedHashMap<>();
        before.columns().forEach(column -> ordered.put(column.name(), types.get(column.name())));
        return ordered;
    }

    private void requireSame(ExaminedColumns before, Map<String, ColumnType> types) {
        before.change(recorded(types)).ifPresent(change -> {
            throw new PrivateDataException(
                    PrivateDataException.Reason.CHANGED,
                    "private_data: " + spec.privateData().location() + " " + change + " when the run discovered its"
                            + " columns: restore it, or choose another output.path, where another discovery is"
                            + " charged");
        });
    }

    private static ExaminedColumns recorded(Map<String, ColumnType> types) {
        List<ExaminedColumns.Column> columns = new ArrayList<>();
        types.forEach(
                (name, type) -> columns.add(new ExaminedColumns.Column(name, type == null ? "" : type.configName())));
        return new ExaminedColumns(columns);
    }

    /**
     * Checks that the data have the columns that are to be examined, and that every record can be read. Releases
     * nothing.
     *
     * @throws org.privateevolution.config.ConfigurationException as {@link #discovered}
     * @throws PrivateDataException likewise
     */
    public static void check(SparkSession spark, PrivateSource source, RunSpec spec) {
        Map<String, ColumnType> types = types(source, spec);
        new DiscoveryStage(spark, spec, types).requireSound(source);
    }

    private Map<String, ColumnType> types(PrivateSource source) {
        return types(source, spec);
    }

    /** The columns to examine: neither the client id nor what the published rows have in other roles. */
    private static Map<String, ColumnType> types(PrivateSource source, RunSpec spec) {
        DiscoverySpec wanted = spec.discovery().orElseThrow();
        RunSpec.Labels labels = spec.labels();
        List<String> labelColumns = labels.columns().columnNames();
        String client = spec.privateData().clientColumn();
        Map<String, ColumnType> types;
        if (spec.privateData().format().equals("json")) {
            types = new LinkedHashMap<>();
            wanted.columns().forEach(name -> types.put(name, ColumnType.of(ColumnType.Kind.STRING)));
            labelColumns.forEach(name -> types.put(name, ColumnType.of(ColumnType.Kind.STRING)));
        } else {
            Map<String, ColumnType> declared = source.types(spec);
            List<String> columns = new ArrayList<>(wanted.columns());
            if (!columns.isEmpty()) {
                columns.addAll(labelColumns);
            }
            DiscoveryStage.requireKnown("tabular.discover.columns", wanted.columns(), declared);
            DiscoveryStage.requireKnown(
                    labelColumns.size() > 1 ? "labels.columns" : "labels.column", labelColumns, declared);
            DiscoveryStage.requireKnown(
                    "private_data.client_column", client.isEmpty() ? List.of() : List.of(client), declared);
            types = DiscoveryStage.chosen(declared, columns);
        }
        if (!labels.undiscovered()) {
            types.keySet().removeAll(labelColumns);
        }
        if (spec.output().weights()) {
            types.remove(RunSpec.WEIGHT_COLUMN);
        }
        Map<String, ColumnType> features = new LinkedHashMap<>(types);
        features.keySet().removeAll(labelColumns);
        // Refuses before anything is charged if there is nothing besides the label.
        DiscoveryStage.names(features, client, spec.privateData().location());
        return types;
    }

    private String discoveredLabel() {
        return spec.labels().undiscovered() ? spec.labels().column() : "";
    }

    private RunSpec use(DiscoveredTable table) {
        String label = discoveredLabel();
        List<DiscoveredColumn> columns = new ArrayList<>(table.columns());
        columns.removeIf(column -> column.name().equals(label));
        Optional<DiscoveredColumn> labels = table.columns().stream()
                .filter(column -> column.name().equals(label))
                .findFirst();
        boolean labelled = labels.isEmpty() || !labels.get().categories().isEmpty();
        String yaml =
                labels.filter(column -> labelled).map(DraftColumns::labels).orElse("") + DraftColumns.tabular(columns);
        files.create(DRAFT, remarks() + yaml);
        tell(table);
        if (columns.stream().allMatch(DiscoveredColumn::leftOut)) {
            throw refusal("no column is visible through the noise, where a value needs about "
                    + Math.round(table.least()) + " records");
        }
        if (!labelled) {
            throw refusal("labels.column " + label + " has no values that can be labels ("
                    + labels.get().summary() + ")");
        }
        int fewest = Collections.min(spec.evolution().schedule());
        if (labels.isPresent() && labels.get().categories().size() > fewest) {
            throw refusal("labels.column " + label + " has "
                    + labels.get().categories().size() + " labels, and the schedule only " + fewest + " samples");
        }
        List<DiscoveredSections.LeftOut> leftOut = DraftColumns.leftOut(columns).stream()
                .map(column -> new DiscoveredSections.LeftOut(column.name(), column.note()))
                .toList();
        new DiscoveredSections(yaml, leftOut).commit(files, release.runId());
        return with(yaml);
    }

    /** Reads the sections as part of a configuration, of which nothing else is used. */
    private RunSpec with(String yaml) {
        int samples = Collections.min(spec.evolution().schedule());
        RunSpec found = RunConfiguration.parse(
                yaml
                        + """
                        private_data: {format: csv, path: in}
                        privacy: {epsilon: 1, delta: 0.1}
                        output: {path: out}
                        """
                        + "evolution: {votes: 1, selection: rank, samples: " + samples + "}\n",
                DRAFT,
                List.of());
        RunSpec.Labels labels = spec.labels();
        return spec.discovered(
                found.tabular().declared(),
                labels.undiscovered() ? new RunSpec.Labels(found.labels().columns(), labels.fractions()) : labels);
    }

    private void tell(DiscoveredTable table) {
        for (DiscoveredColumn column : table.columns()) {
            String kind = column.leftOut() ? "left out" : column.type();
            listener.notice("discovered " + column.name() + ": " + kind + ", " + column.summary());
        }
        listener.notice(String.format(
                Locale.ROOT,
                "discovered about %,.0f %s; every count has noise of +/-%,.0f, and a value is visible from about %,.0f"
                        + " on. To correct the columns, edit %s/%s",
                table.records(),
                spec.privateData().clientColumn().isEmpty() ? "records" : "records' worth of votes",
                table.noise(),
                table.least(),
                files.location(),
                DRAFT));
    }

    private PrivateDataException refusal(String why) {
        return new PrivateDataException(
                PrivateDataException.Reason.DISCOVERY,
                "tabular.discover: " + why + ". The discovery was charged, " + charged() + ". To go on, declare tabular"
                        + " and labels in place of tabular.discover, beginning from " + files.location() + "/" + DRAFT
                        + remaining(", with privacy.epsilon ", "")
                        + ", and choose another output.path; or start anew with a larger privacy.epsilon, a larger"
                        + " tabular.discover.share or fewer tabular.discover.columns, which is charged again");
    }

    private String charged() {
        double delta = spec.privacy().delta();
        double epsilon = Accountant.of(spec.privacy().adjacency()).plus(release).epsilon(delta);
        return "epsilon " + rounded(epsilon, UP) + " at delta " + rounded(delta, UP);
    }

    /** What a run with declared columns may cost, so that it and the discovery stay within the epsilon of this run. */
    private String remaining(String before, String after) {
        RunSpec.Privacy privacy = spec.privacy();
        if (privacy.epsilon().isEmpty()) {
            return "";
        }
        PrivacyBudget budget = new PrivacyBudget(
                privacy.epsilon().getAsDouble(),
                privacy.delta(),
                privacy.unit(),
                privacy.adjacency(),
                spec.privateData().clientColumn());
        double left = BudgetReading.of(budget, List.of(release)).left();
        return left > 0 ? before + rounded(left, DOWN) + after : "";
    }

    private String remarks() {
        RunSpec.Privacy privacy = spec.privacy();
        return "# Found by the discovery of run " + spec.name() + " with differential privacy: " + charged() + "\n# ("
                + privacy.adjacency().configName() + ", per " + privacy.unit().configName()
                + "). These sections may be shared like the synthetic data.\n"
                + "# To run with other columns, replace the sections labels and tabular of the configuration by"
                + " these, corrected,\n# and choose another output.path"
                + remaining(
                        ", and privacy.epsilon ",
                        ": with the discovery, that makes "
                                + rounded(privacy.epsilon().orElse(1), UP))
                + ".\n";
    }

    private static String rounded(double value, MathContext digits) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(digits).stripTrailingZeros();
        return rounded.scale() < 0
                ? rounded.toPlainString()
                : rounded.toString().replace("E", "e");
    }
}
