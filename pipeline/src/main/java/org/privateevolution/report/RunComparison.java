package org.privateevolution.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * Several finished runs side by side. Every list of values has one entry per run, in the order of the runs.
 *
 * @param runs at least one
 * @param differences settings in which the runs differ
 */
public record RunComparison(List<Run> runs, List<Difference> differences, List<ComparedFigure> figures) {

    /** Settings for the location and name of a run and its seed; repeated runs differ in these only. */
    private static final Set<String> OF_REPEATS =
            Set.of("name", "seed", "output.path", "privacy.ledger", "private_data.store.path");

    public RunComparison {
        runs = List.copyOf(runs);
        differences = List.copyOf(differences);
        figures = List.copyOf(figures);
    }

    /**
     * One run.
     *
     * @param location of its results
     * @param epsilon infinite if nothing is guaranteed
     * @param unit record, or client with the client column
     */
    public record Run(String name, String location, double epsilon, double delta, String unit, String adjacency) {}

    /**
     * A setting.
     *
     * @param values empty for a run without this setting
     */
    public record Difference(String setting, List<Optional<String>> values) {
        public Difference {
            values = List.copyOf(values);
        }
    }

    /**
     * A figure of the published samples.
     *
     * @param subject the column or label it is about; empty if it is about all of the data
     * @param insideGuarantee whether it is inside the guarantee in every run that has it
     * @param values empty for a run without this figure
     */
    public record ComparedFigure(String metric, String subject, boolean insideGuarantee, List<OptionalDouble> values) {
        public ComparedFigure {
            values = List.copyOf(values);
        }

        /** The mean over the runs that have the figure, at least one. */
        public double mean() {
            return known().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }

        /**
         * The sample standard deviation of the values (divisor n - 1); empty if fewer than two runs have the figure.
         */
        public OptionalDouble deviation() {
            List<Double> known = known();
            if (known.size() < 2) {
                return OptionalDouble.empty();
            }
            double mean = mean();
            double squares = known.stream()
                    .mapToDouble(value -> (value - mean) * (value - mean))
                    .sum();
            return OptionalDouble.of(Math.sqrt(squares / (known.size() - 1)));
        }

        /** The values of the runs that have the figure. */
        public List<Double> known() {
            return values.stream()
                    .filter(OptionalDouble::isPresent)
                    .map(OptionalDouble::getAsDouble)
                    .toList();
        }
    }

    /** Whether the runs are repetitions of one run that differ in seed and noise only, so that a mean is meaningful. */
    public boolean repeats() {
        return runs.size() > 1
                && differences.stream().map(Difference::setting).anyMatch("seed"::equals)
                && differences.stream().map(Difference::setting).allMatch(OF_REPEATS::contains)
                && cautions().isEmpty();
    }

    /** Whether any figure was drawn from the private data. */
    public boolean showsPrivate() {
        return figures.stream().anyMatch(figure -> !figure.insideGuarantee());
    }

    /** The reasons why the epsilons are not comparable, one sentence each; empty if they are. */
    public List<String> cautions() {
        List<String> cautions = new ArrayList<>();
        caution("privacy units", Run::unit).ifPresent(cautions::add);
        caution("adjacencies", Run::adjacency).ifPresent(cautions::add);
        if (runs.stream().mapToDouble(Run::delta).distinct().count() > 1) {
            cautions.add("The runs have different deltas: an epsilon says less at a larger delta.");
        }
        return cautions;
    }

    private Optional<String> caution(String what, Function<Run, String> of) {
        List<String> kinds = runs.stream().map(of).distinct().toList();
        return kinds.size() < 2
                ? Optional.empty()
                : Optional.of("The runs have different " + what + " (" + String.join(", ", kinds)
                        + "): their epsilons are not comparable.");
    }
}
