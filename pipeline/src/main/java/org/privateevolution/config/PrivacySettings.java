package org.privateevolution.config;

import java.util.Optional;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyUnit;

/** The guarantee. */
final class PrivacySettings extends Group<RunSpec.Privacy> {

    /** Within the bounds for which the accounting of discrete noise is proved. */
    static final Real NOISE_MULTIPLIER = Real.between(0x1p-10, 0x1p24);

    private static final Real DELTA = new Real(0, false, 1, false);

    final Setting<Double> epsilon = optional(
            "epsilon",
            Real.POSITIVE,
            Double.NaN,
            "this or `privacy.noise_multiplier`",
            "Epsilon of the whole run at `privacy.delta`; the noise multiplier is derived from it.",
            privacy -> Double.isNaN(privacy.noiseMultiplier()) ? privacy.epsilon() : null,
            Trait.FREE);
    final Setting<Double> noiseMultiplier = optional(
            "noise_multiplier",
            NOISE_MULTIPLIER,
            Double.NaN,
            "this or `privacy.epsilon`",
            "Standard deviation of the noise of each vote, in votes; epsilon is derived from it.",
            RunSpec.Privacy::noiseMultiplier,
            Trait.FREE);
    final Setting<Double> delta = required(
            "delta",
            DELTA,
            "Delta of the guarantee. It is public: derive it from a public bound on the number of records.",
            RunSpec.Privacy::delta,
            Trait.FREE);
    final Setting<PrivacyUnit> unit = value(
            "unit",
            Words.of(PrivacyUnit.class),
            PrivacyUnit.RECORD,
            "Whose presence the guarantee hides.",
            RunSpec.Privacy::unit);
    final Setting<Adjacency> adjacency = value(
            "adjacency",
            Words.of(Adjacency.class),
            Adjacency.ADD_REMOVE,
            "Whether neighbouring data sets differ by one unit more or less, or by one unit replaced.",
            RunSpec.Privacy::adjacency);
    final Setting<String> ledger = optional(
            "ledger",
            Text.location(),
            null,
            "`private_data.path` and `.ledger`; required for a table or a DataFrame",
            "Ledger of the private data set, one for all runs on the same data.",
            RunSpec.Privacy::ledger,
            Trait.FREE);
    final BudgetSettings budget = mount(new BudgetSettings(path("budget")), RunSpec.Privacy::budget, Trait.FREE);

    PrivacySettings(String path) {
        super(path);
    }

    /** @param data null if they are wrong, a problem already noted */
    RunSpec.Privacy read(Section section, RunSpec.PrivateData data) {
        if (section.has(epsilon)) {
            section.refuse(noiseMultiplier, "privacy.epsilon is given too: give exactly one of the two");
        }
        if (!section.has(noiseMultiplier)) {
            section.require(epsilon, "give it, or privacy.noise_multiplier");
        }
        RunSpec.Budget cap = budget.read(section.open(budget));
        String location = ledger(section, data);
        return section.make(() -> new RunSpec.Privacy(
                section.get(epsilon),
                section.get(noiseMultiplier),
                section.get(delta),
                section.get(unit),
                section.get(adjacency),
                location,
                cap));
    }

    /** By default the ledger lies beside the data: it belongs to them, not to what one run makes of them. */
    private String ledger(Section section, RunSpec.PrivateData data) {
        if (section.has(ledger) || data == null) {
            return section.get(ledger);
        }
        Optional<String> beside = DefaultLedger.of(data);
        if (beside.isEmpty()) {
            section.missing(
                    ledger,
                    "required, path or URI, for the private data are "
                            + (data.isDataFrame() ? "a DataFrame" : "no files that a ledger could lie beside")
                            + ": all runs on the data set must share one");
        }
        return beside.orElse(null);
    }

    /** What all runs on a data set may spend together. */
    static final class BudgetSettings extends Group<RunSpec.Budget> {

        final Setting<Double> epsilon = optional(
                "epsilon",
                Real.POSITIVE,
                null,
                "no limit",
                "A run that would take the ledger past this epsilon is refused before it reads anything. The first run that"
                        + " says it sets it in the ledger, for all runs.",
                RunSpec.Budget::epsilon);
        final Setting<Double> delta = optional(
                "delta",
                DELTA,
                null,
                "required with `privacy.budget.epsilon`",
                "Delta at which the budget is stated.",
                RunSpec.Budget::delta);

        BudgetSettings(String path) {
            super(path);
        }

        /** Null for no limit. */
        RunSpec.Budget read(Section section) {
            if (section.isEmpty()) {
                return null;
            }
            section.require(epsilon);
            section.require(delta);
            return section.make(() -> new RunSpec.Budget(section.get(epsilon), section.get(delta)));
        }
    }
}
