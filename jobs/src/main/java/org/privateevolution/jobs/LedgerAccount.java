package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.BudgetEntry;
import org.privateevolution.privacy.BudgetReading;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.LedgerRecord;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.Release;

/**
 * The account of a ledger, as text and as values.
 *
 * @param records the ledger's charges and budgets, in order
 * @param delta at which epsilon is stated
 * @param adjacency for which epsilon is stated
 * @param epsilon of all entries together
 */
record LedgerAccount(String location, List<LedgerRecord> records, double delta, Adjacency adjacency, double epsilon) {

    private static final int RUN_ID_CHARACTERS = 8;
    private static final int NAME_CHARACTERS = 24;

    private static final double USUAL_DELTA = 1e-5;

    /**
     * Reads a ledger.
     *
     * @param delta delta at which to state epsilon; by default the budget's, or the smallest that a run used
     * @param adjacency adjacency for which to state epsilon; by default the budget's, or that of all entries
     * @throws ConfigurationException if the ledger is empty, or its entries have both adjacencies and none is chosen
     */
    static LedgerAccount of(Ledger ledger, String location, Optional<Double> delta, Optional<Adjacency> adjacency) {
        if (ledger.records().isEmpty()) {
            throw new ConfigurationException(
                    List.of("there is no ledger at " + location + ": give the path of privacy.ledger"));
        }
        Optional<PrivacyBudget> budget = ledger.budget().map(BudgetEntry::budget);
        List<LedgerEntry> entries = ledger.entries();
        double stated = delta.or(() -> budget.map(PrivacyBudget::delta)).orElseGet(() -> smallestDelta(entries));
        Adjacency statedFor =
                adjacency.or(() -> budget.map(PrivacyBudget::adjacency)).orElseGet(() -> commonAdjacency(entries));
        return new LedgerAccount(location, ledger.records(), stated, statedFor, ledger.epsilon(stated, statedFor));
    }

    /** The smallest delta that a run used, where epsilon is largest. Entries of 0.1.0 state no delta. */
    private static double smallestDelta(List<LedgerEntry> entries) {
        return entries.stream()
                .map(LedgerEntry::release)
                .filter(Release::namesItsRun)
                .mapToDouble(Release::delta)
                .min()
                .orElse(USUAL_DELTA);
    }

    /**
     * The adjacency of all entries, of which there is at least one.
     *
     * @throws ConfigurationException if the entries have both adjacencies
     */
    static Adjacency commonAdjacency(List<LedgerEntry> entries) {
        List<Adjacency> used = entries.stream()
                .map(entry -> entry.release().adjacency())
                .distinct()
                .toList();
        if (used.size() > 1) {
            throw new ConfigurationException(
                    List.of("the ledger has entries of both adjacencies: add --adjacency add-remove or"
                            + " --adjacency replace-one"));
        }
        return used.get(0);
    }

    private List<LedgerEntry> entries() {
        return of(LedgerEntry.class);
    }

    /** All budgets ever set; the last one applies. */
    private List<BudgetEntry> budgets() {
        return of(BudgetEntry.class);
    }

    private <T extends LedgerRecord> List<T> of(Class<T> kind) {
        return records.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private Optional<BudgetEntry> budget() {
        List<BudgetEntry> budgets = budgets();
        return budgets.isEmpty() ? Optional.empty() : Optional.of(budgets.get(budgets.size() - 1));
    }

    /** The account as names and values, in order. */
    Map<String, Object> values() {
        List<LedgerEntry> entries = entries();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("ledger", location);
        values.put("epsilon", epsilon);
        values.put("delta", delta);
        values.put("adjacency", adjacency.configName());
        entries.stream()
                .findFirst()
                .ifPresent(entry -> values.put("unit", entry.release().unit().configName()));
        budget().ifPresent(entry -> values.put("budget", standing(entry)));
        List<Map<String, Object>> runs = new ArrayList<>();
        runs().forEach((id, releases) -> {
            Map<String, Object> run = new LinkedHashMap<>();
            run.put("run", id);
            run.put("name", name(releases));
            run.put("releases", releases.size());
            run.put("epsilon", epsilon(releases));
            runs.add(run);
        });
        values.put("runs", runs);
        values.put("entries", entries.stream().map(LedgerAccount::values).toList());
        values.put("budgets", budgets().stream().map(LedgerAccount::values).toList());
        return values;
    }

    private Map<String, Object> standing(BudgetEntry entry) {
        BudgetReading reading = reading(entry.budget());
        Map<String, Object> values = terms(entry);
        values.put("spent", reading.spent());
        values.put("left", reading.left());
        return values;
    }

    private static Map<String, Object> values(BudgetEntry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sequence", entry.sequence());
        row.putAll(terms(entry));
        row.put("hash", entry.hash());
        return row;
    }

    private static Map<String, Object> terms(BudgetEntry entry) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("epsilon", entry.budget().epsilon());
        values.put("delta", entry.budget().delta());
        values.put("unit", entry.budget().unit().configName());
        values.put("adjacency", entry.budget().adjacency().configName());
        values.put("client_column", entry.budget().clientColumn());
        values.put("set", entry.day().toString());
        return values;
    }

    private static Map<String, Object> values(LedgerEntry entry) {
        Release release = entry.release();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sequence", entry.sequence());
        row.put("day", release.day().toString());
        row.put("run", release.runId());
        row.put("release", release.releaseId());
        row.put("kind", release.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        row.put("noise_multiplier", release.noiseMultiplier());
        row.put("unit", release.unit().configName());
        row.put("adjacency", release.adjacency().configName());
        row.put("client_column", release.clientColumn());
        if (release.namesItsRun()) {
            row.put("run_name", release.runName());
            row.put("delta", release.delta());
        }
        if (release.thresholdDelta() > 0) {
            row.put("threshold_delta", release.thresholdDelta());
        }
        row.put("run_fingerprint", release.runFingerprint());
        row.put("hash", entry.hash());
        return row;
    }

    /**
     * The account as text, with a line break at its end.
     *
     * @param verbose whether to list every entry, too
     */
    String text(boolean verbose) {
        StringBuilder text = new StringBuilder("Ledger ").append(location).append("\n\n");
        List<LedgerEntry> entries = entries();
        budget().ifPresentOrElse(
                        entry -> text.append(table(entry)).append('\n'),
                        () -> text.append(
                                """
                No budget is set: epsilon states what was spent, and limits nothing to come.

                """));
        if (verbose && !records.isEmpty()) {
            text.append(entryTable()).append('\n');
        }
        if (entries.isEmpty()) {
            return text.append("No releases.\n").toString();
        }
        text.append(runTable()).append('\n');
        text.append(entries.size())
                .append(entries.size() == 1 ? " release costs" : " releases cost")
                .append(" epsilon ")
                .append(ConsoleNumbers.upperBound(epsilon))
                .append(" at delta ")
                .append(ConsoleNumbers.number(delta))
                .append(" (")
                .append(entries.get(0).release().unit().configName())
                .append(", ")
                .append(adjacency.configName())
                .append(").\n");
        if (runs().size() > 1) {
            text.append("Together, the runs cost less than the sum of their epsilons, because their\n"
                    + "noise is independent.\n");
        }
        if (!verbose) {
            text.append("Add --verbose for every release.\n");
        }
        return text.toString();
    }

    private TextTable table(BudgetEntry entry) {
        PrivacyBudget limit = entry.budget();
        BudgetReading reading = reading(limit);
        String at = " at delta " + ConsoleNumbers.number(limit.delta());
        return new TextTable()
                .row("budget", written(limit) + ", set on " + entry.day())
                .row("spent", "epsilon " + ConsoleNumbers.upperBound(reading.spent()) + at)
                .row("left", left(reading.left(), at));
    }

    static String left(double left, String at) {
        return left > 0 ? "epsilon " + ConsoleNumbers.lowerBound(left) + at + " for one run" : "nothing";
    }

    /** A budget in the numbers of the console. */
    static String written(PrivacyBudget budget) {
        String column = budget.clientColumn().isEmpty() ? "" : " '" + budget.clientColumn() + "'";
        return "epsilon " + ConsoleNumbers.number(budget.epsilon()) + " at delta "
                + ConsoleNumbers.number(budget.delta()) + " (" + budget.unit().configName() + column + ", "
                + budget.adjacency().configName() + ")";
    }

    /** One line per run, of at most 80 characters. */
    private TextTable runTable() {
        TextTable table = new TextTable().row("run", "id", "last charge", "releases", "epsilon", "at delta");
        runs().forEach((id, releases) -> table.row(
                cut(name(releases)),
                shortened(id),
                releases.get(releases.size() - 1).day().toString(),
                Integer.toString(releases.size()),
                ConsoleNumbers.upperBound(epsilon(releases)),
                ConsoleNumbers.number(delta)));
        return table;
    }

    private static String cut(String name) {
        return name.length() <= NAME_CHARACTERS ? name : name.substring(0, NAME_CHARACTERS - 3) + "...";
    }

    /** One line per entry. The adjacency is shown only where entries differ in it. */
    private TextTable entryTable() {
        boolean differ = entries().stream()
                        .map(entry -> entry.release().adjacency())
                        .distinct()
                        .count()
                > 1;
        TextTable table = new TextTable().row("entry", "day", "run", "noise multiplier", "release");
        for (LedgerRecord record : records) {
            if (record instanceof LedgerEntry entry) {
                addTo(table, entry, differ);
            } else if (record instanceof BudgetEntry entry) {
                addTo(table, entry);
            }
        }
        return table;
    }

    private static void addTo(TextTable table, LedgerEntry entry, boolean withAdjacency) {
        Release release = entry.release();
        table.row(
                Long.toString(entry.sequence()),
                release.day().toString(),
                shortened(release.runId()),
                ConsoleNumbers.number(release.noiseMultiplier()),
                release.releaseId()
                        + (withAdjacency ? " (" + release.adjacency().configName() + ")" : ""));
    }

    private static void addTo(TextTable table, BudgetEntry entry) {
        PrivacyBudget limit = entry.budget();
        table.row(
                Long.toString(entry.sequence()),
                entry.day().toString(),
                "",
                "",
                "budget: epsilon " + ConsoleNumbers.number(limit.epsilon()) + " at delta "
                        + ConsoleNumbers.number(limit.delta()));
    }

    private BudgetReading reading(PrivacyBudget limit) {
        return BudgetReading.of(
                limit, entries().stream().map(LedgerEntry::release).toList());
    }

    private double epsilon(List<Release> releases) {
        return BudgetReading.spent(adjacency, releases, delta);
    }

    /** Releases by run id, in the order of the first release. */
    private Map<String, List<Release>> runs() {
        Map<String, List<Release>> runs = new LinkedHashMap<>();
        for (LedgerEntry entry : entries()) {
            runs.computeIfAbsent(entry.release().runId(), id -> new ArrayList<>())
                    .add(entry.release());
        }
        return runs;
    }

    /** The run's latest name; for a run of 0.1.0, its id. */
    private static String name(List<Release> releases) {
        Release last = releases.get(releases.size() - 1);
        return last.namesItsRun() ? last.runName() : shortened(last.runId());
    }

    /** The beginning of a UUID, enough to tell runs apart. The JSON contains the whole id. */
    private static String shortened(String runId) {
        return runId.length() <= RUN_ID_CHARACTERS ? runId : runId.substring(0, RUN_ID_CHARACTERS);
    }
}
