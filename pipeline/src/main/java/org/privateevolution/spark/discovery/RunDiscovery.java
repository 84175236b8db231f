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
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.DiscoveredTable;
import org.privateevolution.discovery.DiscoveredTables;
import org.privateevolution.model.ChildDeclaration;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.UndiscoveredTable;
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

    static final String DRAFT = "draft.yaml";

    private static final MathContext UP = new MathContext(4, RoundingMode.CEILING);
    private static final MathContext DOWN = new MathContext(4, RoundingMode.FLOOR);

    private final SparkSession spark;
    private final RunSpec spec;
    private final Release release;
    private final PrivateReleases releases;
    private final RunFiles files;
    private final RunListener listener;
    private final DiscoveredDeclarations declarations;

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
        this.declarations = new DiscoveredDeclarations(spec);
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
                ExaminedTables now = ExaminedTables.of(spark, source.get(), spec);
                for (Examined table : tables(now)) {
                    ExaminedColumns.read(files, table.name())
                            .ifPresent(before -> requireSame(before, table.location(), table.types()));
                }
            }
            listener.notice("using the columns that an earlier start discovered: " + files.location() + "/" + DRAFT);
            return declarations.read(committed.get().yaml());
        }
        listener.stageStarted("discovering the columns", 0);
        PrivateSource records = source.get();
        ExaminedTables types = ExaminedTables.of(spark, records, spec);
        if (made.isEmpty()) {
            declarations.requireDeclarable(types);
        }
        Examination stage = examination(spark, spec, examined(types, made.isPresent()));
        PartitionThreshold threshold = stage.threshold(release.noiseMultiplier(), release.thresholdDelta());
        NoisyHistogram released =
                made.orElseGet(() -> releases.release(release, () -> stage.count(records, threshold)));
        return use(stage.found(declarations.label(), released, threshold));
    }

    private static Examination examination(SparkSession spark, RunSpec spec, ExaminedTables types) {
        return spec.modality().areClients()
                ? new ClientsStage(spark, spec, types)
                : new DiscoveryStage(spark, spec, types.root());
    }

    private List<ChildDeclaration> children() {
        return ((UndiscoveredTable) spec.modality()).children();
    }

    /**
     * One of the examined tables.
     *
     * @param name name of the child table; empty for the root table
     * @param location where its rows are
     */
    private record Examined(String name, String location, Map<String, ColumnType> types) {}

    private List<Examined> tables(ExaminedTables types) {
        List<Examined> tables = new ArrayList<>();
        tables.add(new Examined("", spec.privateData().location(), types.root()));
        for (int child = 0; child < children().size(); child++) {
            ChildDeclaration table = children().get(child);
            tables.add(new Examined(
                    table.name(),
                    table.isApart() ? table.location() : spec.privateData().location(),
                    types.children().get(child)));
        }
        return tables;
    }

    /** Columns to examine, in the order in which they were when the release was made. */
    private ExaminedTables examined(ExaminedTables now, boolean made) {
        List<Map<String, ColumnType>> then =
                tables(now).stream().map(table -> examined(table, made)).toList();
        return new ExaminedTables(then.get(0), then.subList(1, then.size()));
    }

    private Map<String, ColumnType> examined(Examined table, boolean made) {
        Map<String, ColumnType> types = table.types();
        if (!made) {
            recorded(types).write(files, table.name());
            return types;
        }
        // A run of an earlier version has no record.
        ExaminedColumns before = ExaminedColumns.read(files, table.name()).orElseGet(() -> recorded(types));
        requireSame(before, table.location(), types);
        Map<String, ColumnType> ordered = new LinkedHashMap<>();
        before.columns().forEach(column -> ordered.put(column.name(), types.get(column.name())));
        return ordered;
    }

    private static void requireSame(ExaminedColumns before, String location, Map<String, ColumnType> types) {
        before.change(recorded(types)).ifPresent(change -> {
            throw new PrivateDataException(
                    PrivateDataException.Reason.CHANGED,
                    "private_data: " + location + " " + change + " when the run discovered its"
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
        ExaminedTables types = ExaminedTables.of(spark, source, spec);
        new DiscoveredDeclarations(spec).requireDeclarable(types);
        examination(spark, spec, types).requireSound(source);
    }

    private RunSpec use(DiscoveredTables tables) {
        DiscoveredTable table = tables.root();
        String label = declarations.label();
        List<DiscoveredColumn> columns = declarations.features(table);
        Optional<DiscoveredColumn> labels = declarations.label(table);
        boolean labelled = labels.isEmpty() || !labels.get().categories().isEmpty();
        UndiscoveredTable declared = (UndiscoveredTable) spec.modality();
        String yaml = declarations.yaml(tables);
        files.create(DRAFT, remarks() + yaml);
        tell(tables);
        if (declared.known().isEmpty() && columns.stream().allMatch(DiscoveredColumn::leftOut)) {
            throw refusal(nothingVisible("no column", table));
        }
        for (int child = 0; child < tables.children().size(); child++) {
            requireVisible(declared.children().get(child), tables.children().get(child), table);
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
        List<DiscoveredSections.LeftOut> leftOut = new ArrayList<>();
        DraftColumns.leftOut(columns)
                .forEach(column -> leftOut.add(new DiscoveredSections.LeftOut(column.name(), column.note())));
        tables.children().forEach(child -> DraftColumns.leftOut(child.columns())
                .forEach(column -> leftOut.add(
                        new DiscoveredSections.LeftOut(child.name() + "." + column.name(), column.note()))));
        RunSpec found = declarations.read(yaml);
        new DiscoveredSections(yaml, leftOut).commit(files, release.runId());
        return found;
    }

    /** Refuses a child table of which too little was found. */
    private void requireVisible(ChildDeclaration declared, DiscoveredTables.Child found, DiscoveredTable table) {
        String of = " of table '" + declared.name() + "'";
        if (!declared.knowsRows() && found.rows().isEmpty()) {
            throw refusal(nothingVisible("no number of a client's rows" + of, table) + "; " + declared.key()
                    + " must hold the same keys as " + spec.privateData().clientColumn() + ", written alike");
        }
        if (declared.knowsColumns()) {
            return;
        }
        if (found.columns().stream().allMatch(DiscoveredColumn::leftOut)) {
            throw refusal(nothingVisible("no column" + of, table));
        }
        found.columns().stream()
                .filter(column -> column.name().equals(declared.order()))
                .filter(column -> column.min().isEmpty())
                .forEach(column -> {
                    throw refusal("the column " + column.name() + of + ", which orders rows, has no visible numbers,"
                            + " dates or timestamps (" + column.summary() + ")");
                });
    }

    private static String nothingVisible(String what, DiscoveredTable table) {
        return what + " is visible through the noise, where a value needs about " + Math.round(table.least())
                + " records";
    }

    private void tell(DiscoveredTables tables) {
        DiscoveredTable table = tables.root();
        table.columns().forEach(column -> tell("", column));
        for (DiscoveredTables.Child child : tables.children()) {
            child.rows()
                    .ifPresent(rows -> listener.notice("discovered " + child.name() + ": at most " + rows
                            + " rows of a client count: " + DraftColumns.why(rows)));
            child.columns().forEach(column -> tell(child.name() + ".", column));
        }
        boolean records = spec.privateData().clientColumn().isEmpty();
        listener.notice(String.format(
                Locale.ROOT,
                "discovered about %,.0f %s; every count has noise of +/-%,.0f, and a value is visible from about %,.0f"
                        + " on. To correct the columns, edit %s/%s",
                table.records(),
                records ? "records" : spec.modality().areClients() ? "clients" : "records' worth of votes",
                table.noise(),
                table.least(),
                files.location(),
                DRAFT));
    }

    private void tell(String prefix, DiscoveredColumn column) {
        String kind = column.leftOut() ? "left out" : column.type();
        listener.notice("discovered " + prefix + column.name() + ": " + kind + ", " + column.summary());
    }

    private PrivateDataException refusal(String why) {
        return new PrivateDataException(
                PrivateDataException.Reason.DISCOVERY,
                "tabular.discover: " + why + ". The discovery was charged, " + charged() + ". To go on, declare tabular"
                        + " and labels in place of tabular.discover, beginning from " + files.location() + "/" + DRAFT
                        + remaining(", with privacy.epsilon ", "")
                        + ", and choose another output.path; or start anew with a larger privacy.epsilon, a larger"
                        + " tabular.discover.share or fewer columns to examine, which is charged again");
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
