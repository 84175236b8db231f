package org.privateevolution.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.privateevolution.evolution.QualityVerdict;
import org.privateevolution.model.ProgramVersion;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.BudgetEntry;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.LedgerRecord;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;
import org.privateevolution.privacy.RoundedFigure;
import org.privateevolution.store.SchemaVersion;
import org.privateevolution.store.SourceRecord;

/**
 * The guarantee of a run, computed from what the ledger charged the run rather than from what the run planned.
 *
 * @param epsilon epsilon of all releases of the run together, rounded up
 * @param clientColumn empty if the privacy unit is the record
 * @param charges the run's ledger entries
 * @param ledger location of the ledger
 * @param ledgerHash hash of the ledger's newest record when the guarantee was written
 * @param dataSetEpsilon epsilon of all releases in the ledger, of all runs, at the same delta and adjacency
 * @param fingerprint fingerprint of the run's configuration
 * @param conditions conditions on which the guarantee depends and that this program cannot check
 * @param budget budget of the data set in the ledger; empty if there is none
 */
public record Guarantee(
        double epsilon,
        double delta,
        PrivacyUnit unit,
        String clientColumn,
        Adjacency adjacency,
        List<LedgerEntry> charges,
        String ledger,
        String ledgerHash,
        double dataSetEpsilon,
        String runId,
        String fingerprint,
        List<String> conditions,
        Optional<PrivacyBudget> budget) {

    /** Schema version of {@code guarantee.json} and of the results that it vouches for. */
    public static final int SCHEMA_VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Guarantee {
        charges = List.copyOf(charges);
        conditions = List.copyOf(conditions);
    }

    public static Guarantee of(RunSpec spec, String runId, String fingerprint, String ledger, Ledger charged) {
        List<LedgerEntry> entries = charged.entries();
        List<LedgerRecord> records = charged.records();
        RunSpec.Privacy privacy = spec.privacy();
        List<LedgerEntry> own = entries.stream()
                .filter(entry -> entry.release().runId().equals(runId))
                .toList();
        return new Guarantee(
                epsilon(own, privacy),
                privacy.delta(),
                privacy.unit(),
                spec.privateData().clientColumn(),
                privacy.adjacency(),
                own,
                ledger,
                records.isEmpty() ? "" : records.get(records.size() - 1).hash(),
                epsilon(entries, privacy),
                runId,
                fingerprint,
                conditions(spec),
                charged.budget().map(BudgetEntry::budget));
    }

    private static List<String> conditions(RunSpec spec) {
        List<String> conditions = new ArrayList<>(ForeignConditions.of(spec));
        if (spec.privateData().declaredPublic()) {
            conditions.add(
                    "the records are declared public: repeats of the run on them may be charged to other ledgers, and"
                            + " their epsilons are not added to this one");
        }
        spec.modality()
                .vectorColumn()
                .ifPresent(column -> conditions.add("each vector of column '" + column
                        + "' is a function of its own record alone: nothing fitted on, batched with or normalised by"
                        + " other private records"));
        return conditions;
    }

    private static double epsilon(List<LedgerEntry> entries, RunSpec.Privacy privacy) {
        Accountant accountant = Accountant.of(privacy.adjacency());
        for (LedgerEntry entry : entries) {
            accountant = accountant.plus(entry.release());
        }
        double epsilon = accountant.epsilon(privacy.delta());
        // The noise was chosen for the target, which may hold although rounding upward puts epsilon slightly above it.
        double target = privacy.epsilon().orElse(Double.POSITIVE_INFINITY);
        return epsilon > target && accountant.within(target, privacy.delta()) ? target : epsilon;
    }

    /** Epsilon of the run's first charge, of its first two, and so on, rounded up; none exceeds {@link #epsilon}. */
    public List<Double> spending() {
        List<Double> spent = new ArrayList<>(charges.size());
        Accountant accountant = Accountant.of(adjacency);
        for (LedgerEntry entry : charges) {
            accountant = accountant.plus(entry.release());
            spent.add(Math.min(accountant.epsilon(delta), epsilon));
        }
        return spent;
    }

    /** The guarantee in one sentence. */
    public String sentence() {
        return "(" + RoundedFigure.up(epsilon) + ", " + RoundedFigure.up(delta) + ")-differential privacy for "
                + hidden(unit, clientColumn, adjacency);
    }

    /** What a guarantee hides, such as "one record, added or removed". */
    public static String hidden(PrivacyUnit unit, String clientColumn, Adjacency adjacency) {
        return (unit == PrivacyUnit.RECORD ? "one record" : "all records of one " + clientColumn)
                + (adjacency == Adjacency.ADD_REMOVE ? ", added or removed" : ", replaced by another");
    }

    /** What epsilon implies for releases to come, in one sentence. */
    public String outlook() {
        return budget.map(
                        limit -> "The data set's budget is epsilon " + RoundedFigure.up(limit.epsilon()) + " at delta "
                                + RoundedFigure.up(limit.delta()) + "; the ledger refuses any release beyond it.")
                .orElse("No budget is set for the data set: epsilon states what was spent so far; it does not limit"
                        + " what extensions and further runs will spend.");
    }

    /** What noise was added to what, for every kind of release that the run was charged for. */
    private String mechanism() {
        String histograms = charges.stream()
                .map(entry -> entry.release().kind())
                .distinct()
                .sorted()
                .map(Guarantee::named)
                .collect(Collectors.joining(", "));
        return histograms.isEmpty() ? "none: nothing was released" : "discrete Gaussian noise on " + histograms;
    }

    private static String named(Release.Kind kind) {
        return switch (kind) {
            case VOTES -> "histograms of nearest-neighbour votes";
            case LABEL_COUNTS -> "counts of the labels";
            case MARGINALS -> "marginals of the table, which count the values of columns or of pairs of columns";
            case DISCOVERY -> "counts of kinds, sizes and values, with a threshold for values that only the data name";
        };
    }

    /**
     * Content of {@code guarantee.json}.
     *
     * @param dataVersion version of the private data, if they have versions
     */
    public String json(String sparkVersion, Optional<SourceRecord> dataVersion, Optional<QualityVerdict> quality) {
        ObjectNode node = SchemaVersion.state(MAPPER.createObjectNode(), SCHEMA_VERSION);
        node.put("guarantee", sentence()).put("outlook", outlook());
        node.put("epsilon", epsilon).put("delta", delta);
        node.put("unit", unit.configName());
        if (!clientColumn.isEmpty()) {
            node.put("client_column", clientColumn);
        }
        node.put("adjacency", adjacency.configName()).put("sensitivity", adjacency.sensitivity());
        node.put("mechanism", mechanism());
        boolean discovers = charges.stream().anyMatch(entry -> entry.release().kind() == Release.Kind.DISCOVERY);
        node.put(
                "covers",
                "the synthetic data, an estimate and all that is drawn from it, the iteration store's releases,"
                        + " and every"
                        + " metric marked inside the guarantee"
                        + (discovers
                                ? "; also the columns, bounds, categories and labels that the run discovered"
                                : ""));
        node.put(
                "does_not_cover",
                "metrics and report sections marked outside the guarantee; choices of the configuration that were made "
                        + "by looking at the private data; other releases from the same data that are not in this"
                        + " ledger");
        quality.ifPresent(verdict -> {
            ObjectNode told = node.putObject("quality");
            told.put("predictive_score", verdict.predictiveScore());
            verdict.faintLabels().forEach(told.putArray("labels_within_noise")::add);
            told.put("verdict", String.join(" ", verdict.sentences()));
        });
        ArrayNode assumed = node.putArray("conditions");
        conditions.forEach(assumed::add);
        ArrayNode releases = node.putArray("releases");
        for (LedgerEntry entry : charges) {
            ObjectNode release = releases.addObject()
                    .put("release", entry.release().releaseId())
                    .put("noise_multiplier", entry.release().noiseMultiplier());
            if (entry.release().thresholdDelta() > 0) {
                release.put("threshold_delta", entry.release().thresholdDelta());
            }
            release.put("ledger_sequence", entry.sequence())
                    .put("day", entry.release().day().toString());
        }
        ObjectNode dataSet = node.putObject("ledger")
                .put("location", ledger)
                .put("newest_hash", ledgerHash)
                .put("data_set_epsilon", dataSetEpsilon);
        budget.ifPresent(limit -> dataSet.putObject("budget")
                .put("epsilon", limit.epsilon())
                .put("delta", limit.delta())
                .put("adjacency", limit.adjacency().configName()));
        dataVersion.ifPresent(version ->
                node.putObject("private_data").put("format", version.format()).put("version", version.version()));
        node.put("run", runId).put("configuration_fingerprint", fingerprint);
        node.putObject("versions")
                .put("private_evolution", ProgramVersion.current())
                .put("spark", sparkVersion)
                .put("java", Runtime.version().toString());
        try {
            return MAPPER.writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
