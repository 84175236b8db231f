package org.privateevolution.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.spark.LedgerOutlook;
import org.privateevolution.spi.StoreException;

/**
 * The effect of a run on the ledger of its data set, shown before the run starts.
 *
 * @param outlook empty if the ledger cannot be reached from here
 * @param unreachable why the ledger cannot be reached, in that case
 */
record LedgerFigures(RunSpec run, Optional<LedgerOutlook> outlook, String unreachable) {

    static LedgerFigures of(RunSpec run) {
        try {
            return new LedgerFigures(run, Optional.of(LedgerOutlook.of(run)), "");
        } catch (StoreException e) {
            return new LedgerFigures(run, Optional.empty(), Failure.oneLine(e.getMessage()));
        }
    }

    /** @throws PrivacyException if the ledger would refuse the run */
    void requireAffordable() {
        outlook.flatMap(LedgerOutlook::refusal).ifPresent(refusal -> {
            throw refusal;
        });
    }

    /** The figures as names and values, in order. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("location", run.privacy().ledger());
        values.put("reached", outlook.isPresent());
        outlook.ifPresent(found -> {
            found.budget().ifPresent(budget -> {
                values.put("budget_epsilon", budget.epsilon());
                values.put("budget_delta", budget.delta());
            });
            values.put("releases", found.charged());
            values.put("releases_of_this_run", found.fresh());
            values.put("spent_before", found.before().spent());
            values.put("spent_after", found.after().spent());
            if (found.budget().isPresent()) {
                values.put("left_before", found.before().left());
                values.put("left_after", found.after().left());
            }
            values.put("refused", found.refusal().isPresent());
        });
        return values;
    }

    /** Adds the figures that matter as lines. */
    TextTable addBriefly(TextTable table) {
        if (outlook.isEmpty()) {
            return addTo(table);
        }
        LedgerOutlook found = outlook.get();
        boolean limited = found.budget().isPresent();
        table.row(
                "budget",
                found.budget()
                        .map(limit -> "epsilon " + ConsoleNumbers.number(limit.epsilon()) + " at delta "
                                + ConsoleNumbers.number(limit.delta()) + ", for all runs on this data together")
                        .orElse("none: nothing limits what all runs on this data spend together"));
        table.row(
                "spent",
                "epsilon " + ConsoleNumbers.upperBound(found.before().spent()) + " before this run, "
                        + ConsoleNumbers.upperBound(found.after().spent()) + " after it"
                        + (limited
                                ? ""
                                : ", at delta "
                                        + ConsoleNumbers.number(run.privacy().delta())));
        if (limited) {
            boolean refused = found.refusal().isPresent();
            double left = (refused ? found.before() : found.after()).left();
            table.row(
                    "left",
                    left > 0
                            ? "epsilon " + ConsoleNumbers.lowerBound(left)
                                    + (refused ? " for a run" : " for one more run")
                            : "nothing");
        }
        table.row("ledger", found.location());
        found.notices().forEach(notice -> table.row("note", notice));
        return table;
    }

    /** Adds all figures as lines. */
    TextTable addTo(TextTable table) {
        if (outlook.isEmpty()) {
            return table.row("ledger", "cannot be reached from here: " + unreachable);
        }
        LedgerOutlook found = outlook.get();
        table.row("ledger", found.location());
        double delta =
                found.budget().map(PrivacyBudget::delta).orElse(run.privacy().delta());
        String at = " at delta " + ConsoleNumbers.number(delta);
        table.row("budget", found.budget().map(LedgerAccount::written).orElse("none"));
        table.row(
                "spent",
                "epsilon " + ConsoleNumbers.upperBound(found.before().spent()) + " before the run, "
                        + ConsoleNumbers.upperBound(found.after().spent()) + " after it" + at);
        if (found.budget().isPresent()) {
            table.row("left before", LedgerAccount.left(found.before().left(), at));
            if (found.refusal().isEmpty()) {
                table.row("left after", LedgerAccount.left(found.after().left(), at));
            }
        }
        found.notices().forEach(notice -> table.row("note", notice));
        return table;
    }
}
