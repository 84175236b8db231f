package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pe budget}: converts epsilon to noise and back, without data and without Spark. */
@Command(
        name = "budget",
        header = "Convert epsilon to noise, or noise to epsilon.",
        description = {
            "Compute the noise that an epsilon requires, or the epsilon that a noise gives. Reads no data.",
            "",
            "The noise multiplier is the standard deviation of the noise in each vote, measured in votes: the"
                    + " votes of one"
                    + " unit have an L2 norm of at most 1."
        },
        footer = {
            "",
            "Examples:",
            "  pe budget --epsilon 1 --delta 1e-5 --votes 20",
            "  pe budget --noise-multiplier 14.1421 --delta 1e-5 --votes 7 --json",
            "  pe budget --epsilon 1 --delta 1e-5 --votes 20 --unit client"
        })
final class BudgetCommand implements Runnable {

    /** Exactly one of the two. */
    static final class Given {
        @Option(names = "--epsilon", paramLabel = "E", required = true, description = "Epsilon, greater than 0.")
        private Double epsilon;

        @Option(
                names = "--noise-multiplier",
                paramLabel = "S",
                required = true,
                description = "Noise multiplier, from 2^-10 to 2^24.")
        private Double noiseMultiplier;
    }

    @ArgGroup(multiplicity = "1")
    private Given given;

    @Option(names = "--delta", paramLabel = "D", required = true, description = "Delta, between 0 and 1.")
    private double delta;

    @Option(names = "--votes", paramLabel = "T", required = true, description = "Number of votes, at least 1.")
    private int votes;

    @Option(
            names = "--adjacency",
            paramLabel = "A",
            defaultValue = "add-remove",
            converter = PrivacyConverter.OfAdjacency.class,
            description = "add-remove or replace-one [${DEFAULT-VALUE}].")
    private Adjacency adjacency;

    @Option(
            names = "--unit",
            paramLabel = "U",
            defaultValue = "record",
            converter = PrivacyConverter.OfUnit.class,
            description = "record or client [${DEFAULT-VALUE}]. The votes of a client are normalised jointly, so both"
                    + " cost the"
                    + " same.")
    private PrivacyUnit unit;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        require(delta > 0 && delta < 1, "--delta", delta, "must be greater than 0 and less than 1");
        require(votes >= 1, "--votes", votes, "must be at least 1");
        double epsilon;
        double noiseMultiplier;
        if (given.epsilon != null) {
            epsilon = given.epsilon;
            require(epsilon > 0 && Double.isFinite(epsilon), "--epsilon", epsilon, "must be a number greater than 0");
            noiseMultiplier = Accountant.of(adjacency).noiseMultiplier(epsilon, delta, votes);
        } else {
            noiseMultiplier = given.noiseMultiplier;
            require(
                    noiseMultiplier >= 0x1p-10 && noiseMultiplier <= 0x1p24,
                    "--noise-multiplier",
                    noiseMultiplier,
                    "must be from 2^-10 to 2^24 (16777216)");
            epsilon = Accountant.of(adjacency).plus(noiseMultiplier, votes).epsilon(delta);
        }
        print(epsilon, noiseMultiplier);
    }

    private void print(double epsilon, double noiseMultiplier) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("epsilon", epsilon);
        values.put("delta", delta);
        values.put("votes", votes);
        values.put("unit", unit.configName());
        values.put("adjacency", adjacency.configName());
        values.put("sensitivity", adjacency.sensitivity());
        values.put("noise_multiplier", noiseMultiplier);
        values.put("mu", adjacency.sensitivity() * Math.sqrt(votes) / noiseMultiplier);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.object(values));
        } else {
            out.print(PrivacyFigures.table(values));
        }
        out.flush();
    }

    private void require(boolean allowed, String option, Number value, String rule) {
        if (!allowed) {
            throw new ParameterException(spec.commandLine(), option + ": " + value + " is not allowed: " + rule);
        }
    }
}
