package org.privateevolution.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * Several finished runs side by side. Every list of values has one a run, in the order of the runs.
 *
 * @param runs at least one
 * @param differences settings that the runs do not have in common
 */
public record RunComparison(List<Run> runs, List<Difference> differences, List<ComparedFigure> figures) {

    /** Settings that say where a run is and how it is called: repeats differ in these and in nothing else. */
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
     * @param unit record, or client with its column
     */
    public record Run(String name, String location, double epsilon, double delta, String unit, String adjacency) {}

    /**
     * A setting.
     *
     * @param values empty for a run that does not have it
     */
    public record Difference(String setting, List<Optional<String>> values) {
        public Difference {
            values = List.copyOf(values);
        }
    }

    /**
     * A figure of the published samples.
     *
     * @param subject column or label that it is about; empty if it is about all of the data
     * @param insideGuarantee whether it is, in every run that has it
     * @param values empty for a run that does not have it
     */
    public record ComparedFigure(String metric, String subject, boolean insideGuarantee, List<OptionalDouble> values) {
        public ComparedFigure {
            values = List.copyOf(values);
        }

        /** Of the runs that have it, at least one. */
        public double mean() {
            return known().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }

        /** Standard deviation of the values as a sample, over n - 1; empty if fewer than two runs have it. */
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

        /** The values of the runs that have it. */
        public List<Double> known() {
            return values.stream()
                    .filter(OptionalDouble::isPresent)
                    .map(OptionalDouble::getAsDouble)
                    .toList();
        }
    }

    /** Whether the runs are one, repeated: nothing but the seed and the noise differs, so that a mean means something. */
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

    /** Why the epsilons must not be held against each other, a sentence each; none if they may. */
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
