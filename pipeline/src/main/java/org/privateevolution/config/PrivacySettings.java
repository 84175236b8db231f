package org.privateevolution.config;

import java.util.Optional;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyUnit;

/** The section of the privacy guarantee. */
final class PrivacySettings extends Group<RunSpec.Privacy> {

    /** These bounds lie within those for which the accounting of discrete noise is proved. */
    static final Real NOISE_MULTIPLIER = Real.between(0x1p-10, 0x1p24);

    private static final Real DELTA = new Real(0, false, 1, false);

    final Setting<Double> epsilon = optional(
                    "epsilon", Real.POSITIVE, null, privacy -> Absence.orNull(privacy.epsilon()))
            .otherwise("this or `privacy.noise_multiplier`")
            .free()
            .means("Epsilon of the whole run at `privacy.delta`; the noise multiplier is derived from it.");
    final Setting<Double> noiseMultiplier = optional(
                    "noise_multiplier", NOISE_MULTIPLIER, null, privacy -> Absence.orNull(privacy.noiseMultiplier()))
            .otherwise("this or `privacy.epsilon`")
            .free()
            .means("Standard deviation of the noise in each vote, in votes; epsilon is derived from it.");
    final Setting<Double> delta = required("delta", DELTA, RunSpec.Privacy::delta)
            .free()
            .means("Delta of the guarantee. It is public: derive it from a public bound on the number of records.");
    final Setting<PrivacyUnit> unit =
            word("unit", PrivacyUnit.RECORD, RunSpec.Privacy::unit).means("Whose presence the guarantee hides.");
    final Setting<Adjacency> adjacency = word("adjacency", Adjacency.ADD_REMOVE, RunSpec.Privacy::adjacency)
            .means("Whether neighbouring data sets differ by adding or removing one unit, or by replacing one.");
    final Setting<String> ledger = optional("ledger", Text.location(), null, RunSpec.Privacy::ledger)
            .otherwise("`private_data.path` and `.ledger`; required for a table, a DataFrame or the"
                    + " format of an extension")
            .free()
            .means("Ledger of the private data set, one for all runs on the same data.");
    final BudgetSettings budget = free(
            mount("budget", new BudgetSettings(), privacy -> privacy.budget().orElse(null)));

    /** @param data null if the private data are wrong, which has been noted as a problem */
    RunSpec.Privacy read(Section section, RunSpec.PrivateData data) {
        if (section.has(epsilon)) {
            section.refuse(noiseMultiplier, "privacy.epsilon is given too: give exactly one of the two");
        }
        if (!section.has(noiseMultiplier)) {
            section.require(epsilon, "give it, or privacy.noise_multiplier");
        }
        Optional<RunSpec.EpsilonCap> cap = budget.read(section.open(budget));
        String location = ledger(section, data);
        return section.make(() -> new RunSpec.Privacy(
                Absence.optional(section.get(epsilon)),
                Absence.optional(section.get(noiseMultiplier)),
                section.get(delta),
                section.get(unit),
                section.get(adjacency),
                location,
                cap));
    }

    /** By default the ledger lies beside the data, because it belongs to the data and not to the output of one run. */
    private String ledger(Section section, RunSpec.PrivateData data) {
        if (section.has(ledger) || data == null) {
            return section.get(ledger);
        }
        Optional<String> beside = DefaultLedger.of(data);
        if (beside.isEmpty()) {
            section.missing(
                    ledger,
                    "required, path or URI, for " + whyNotBeside(data) + ": all runs on the data set must share one");
        }
        return beside.orElse(null);
    }

    private static String whyNotBeside(RunSpec.PrivateData data) {
        if (data.isExtension()) {
            return "the private data is of the format " + data.format()
                    + ", an extension, whose location need not be a path";
        }
        return data.isDataFrame()
                ? "the private data is a DataFrame"
                : "the private data is not in files, beside which a ledger could lie";
    }

    /** The limit of what all runs on a data set may spend together. */
    static final class BudgetSettings extends Group<RunSpec.EpsilonCap> {

        final Setting<Double> epsilon = optional("epsilon", Real.POSITIVE, null, RunSpec.EpsilonCap::epsilon)
                .otherwise("no limit")
                .means("A run that would exceed this epsilon, together with all earlier runs, is refused before"
                        + " it reads anything. The"
                        + " first run with this key sets it in the ledger, for all runs.");
        final Setting<Double> delta = optional("delta", DELTA, null, RunSpec.EpsilonCap::delta)
                .otherwise("required with `privacy.budget.epsilon`")
                .means("Delta at which the budget is stated.");

        /** Returns empty if there is no limit, or if it is wrong, which is noted. */
        Optional<RunSpec.EpsilonCap> read(Section section) {
            if (section.isEmpty()) {
                return Optional.empty();
            }
            section.require(epsilon);
            section.require(delta);
            return Optional.ofNullable(
                    section.make(() -> new RunSpec.EpsilonCap(section.get(epsilon), section.get(delta))));
        }
    }
}
