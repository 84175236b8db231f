package org.privateevolution.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.vector.Metric;

/**
 * A validated run. Everything in it is public: it is printed, fingerprinted and stored.
 *
 * @param name short name of the run, for job groups and reports
 * @param seed fixes everything but the privacy noise
 * @param labels what the samples are conditioned on; a run without labels has one, named {@code all}
 * @param mlflow the tracking server that hears of the run
 */
public record RunSpec(
        String name,
        long seed,
        PrivateData privateData,
        Labels labels,
        Privacy privacy,
        Evolution evolution,
        Vote vote,
        Modality modality,
        Evaluation evaluation,
        Output output,
        Optional<Mlflow> mlflow) {

    /** A run that nobody but itself keeps track of. */
    public RunSpec(
            String name,
            long seed,
            PrivateData privateData,
            Labels labels,
            Privacy privacy,
            Evolution evolution,
            Vote vote,
            Modality modality,
            Evaluation evaluation,
            Output output) {
        this(name, seed, privateData, labels, privacy, evolution, vote, modality, evaluation, output, Optional.empty());
    }

    /** Name of the column that {@link Output#weights} asks for. */
    public static final String WEIGHT_COLUMN = "weight";

    /**
     * How tables are generated and embedded.
     *
     * @throws IllegalStateException if the run's records have no declared columns
     */
    public Tabular tabular() {
        return modality.parts().stream()
                .filter(Tabular.class::isInstance)
                .map(Tabular.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the run's records have no declared columns"));
    }

    /** Whether an estimate is of declared columns alone, so that it draws rows itself. */
    public boolean estimatesTable() {
        return evolution.estimates() && modality.content().isEmpty();
    }

    /** Whether the marginals of declared columns are bought before an estimate. */
    public boolean buysMarginals() {
        return evolution.estimates() && modality.table().isPresent();
    }

    /** The same run of another modality. */
    public RunSpec with(Modality other) {
        return new RunSpec(
                name, seed, privateData, labels, privacy, evolution, vote, other, evaluation, output, mlflow);
    }

    /** The same run on other records. */
    public RunSpec with(PrivateData other) {
        return new RunSpec(name, seed, other, labels, privacy, evolution, vote, modality, evaluation, output, mlflow);
    }

    /**
     * Where the private records are.
     *
     * @param format {@code parquet}, {@code csv}, {@code json} (one object a line), {@code orc}, {@code delta},
     *     {@code table}, {@link #DATA_FRAME}, or one of {@link ImageSpec}
     * @param location path or URI, {@code catalog.schema.name} for {@code table}, or a public name for a DataFrame
     * @param options passed to Spark's reader
     * @param clientColumn the client id for the client unit; empty for the record unit
     * @param partitions partitions to spread the records over; 0 leaves it to Spark
     * @param store where what is derived from the records lies while the run needs it
     * @param formatVersion of a format that an extension brings; empty for others
     * @param declaredPublic whether the records are public, so that nobody has to be protected from what is released
     */
    public record PrivateData(
            String format,
            String location,
            Map<String, String> options,
            String clientColumn,
            int partitions,
            PrivateStore store,
            String formatVersion,
            boolean declaredPublic) {

        /** Private records of a format that this project brings. */
        public PrivateData(
                String format,
                String location,
                Map<String, String> options,
                String clientColumn,
                int partitions,
                PrivateStore store) {
            this(format, location, options, clientColumn, partitions, store, "", false);
        }

        /** The format of records that a program gives. */
        public static final String DATA_FRAME = "dataframe";

        /** Whether an extension brings the format. */
        public boolean isExtension() {
            return !formatVersion.isEmpty();
        }

        public boolean isDataFrame() {
            return format.equals(DATA_FRAME);
        }

        /** The same format and options at another place. */
        public PrivateData at(String otherLocation) {
            return new PrivateData(
                    format, otherLocation, options, clientColumn, partitions, store, formatVersion, declaredPublic);
        }
    }

    /**
     * A folder for private data: embeddings of private records, and names of images that cannot be decoded.
     *
     * @param path path or URI, neither in the output nor around it
     * @param keep whether it stays when the run is published
     * @param keyVariable environment variable of the driver with the key to encrypt it; empty if it is not encrypted
     */
    public record PrivateStore(String path, boolean keep, String keyVariable) {}

    /**
     * The labels.
     *
     * @param column the private column that holds the label; empty if there is none
     * @param type type of the label column
     * @param names text form of each label, in index order
     */
    public record Labels(String column, ColumnType type, List<String> names, Fractions fractions) {}

    /** How many of the samples each label gets. */
    public sealed interface Fractions {
        /** The same share for each label. */
        record Uniform() implements Fractions {}

        /** Public shares, one a label, with sum 1. */
        record Declared(List<Double> shares) implements Fractions {}

        /**
         * Shares from a noisy count of the private labels, which the ledger charges.
         *
         * @param noiseMultiplier noise standard deviation in units (records or clients), greater than 0
         */
        record Noisy(double noiseMultiplier) implements Fractions {}
    }

    /**
     * The privacy of the run. Of {@code epsilon} and {@code noiseMultiplier} exactly one is given.
     *
     * @param noiseMultiplier noise standard deviation of a vote, in votes of L2 norm 1
     * @param ledger location of the private data set's ledger
     * @param budget what all runs on the data set may spend together; empty for no limit
     */
    public record Privacy(
            OptionalDouble epsilon,
            OptionalDouble noiseMultiplier,
            double delta,
            PrivacyUnit unit,
            Adjacency adjacency,
            String ledger,
            Optional<EpsilonCap> budget) {
        public Privacy {
            if (epsilon.isPresent() == noiseMultiplier.isPresent()) {
                throw new IllegalArgumentException("exactly one of epsilon and noise multiplier must be given, but they"
                        + " are " + epsilon + " and " + noiseMultiplier);
            }
        }
    }

    /** A cap on the epsilon that a data set's ledger may reach at {@code delta}. */
    public record EpsilonCap(double epsilon, double delta) {}

    /**
     * The schedule of populations.
     *
     * @param schedule samples of the initial population, then samples selected by each vote; at least 2 entries
     * @param rules the population rule of each vote, {@code schedule.size() - 1} of them
     * @param initialVariationFold variations of each initial sample that join the initial population
     * @param lookahead variations whose mean embedding stands for a candidate; 0 for its own embedding
     * @param lookaheadSelf whether the candidate's own embedding is part of that mean
     */
    public record Evolution(
            List<Integer> schedule,
            List<PopulationRule> rules,
            int initialVariationFold,
            int lookahead,
            boolean lookaheadSelf) {

        /** Whether all releases are explained together, and samples drawn from what explains them. */
        public boolean estimates() {
            return rules.stream().anyMatch(rule -> rule.selection() == Selection.ESTIMATE);
        }

        /** Number of votes, which is the number of private releases they cost. */
        public int votes() {
            return schedule.size() - 1;
        }
    }

    /**
     * How a vote turns a population into the next one.
     *
     * @param threshold noisy votes at or below it do not survive, and it is taken off the rest; empty for none
     * @param variationFold variations of each selected sample in the next population
     * @param keepSelected whether the selected samples stay in the next population
     */
    public record PopulationRule(
            Selection selection, OptionalDouble threshold, int variationFold, boolean keepSelected) {

        /** The same selection, of which nothing but the selected samples is kept. */
        public PopulationRule keepingOnlySelected() {
            return new PopulationRule(selection, threshold, 0, true);
        }
    }

    /** How samples are selected by their noisy votes. */
    public enum Selection {
        /** Drawn from one weighting of synthetic samples that explains every release of the run so far. */
        ESTIMATE,
        /** With replacement, proportional to the votes. */
        SAMPLE,
        /** The ones with the most votes. */
        RANK;

        /** Those that look at one vote alone. */
        public static List<Selection> ofOneVote() {
            return Arrays.stream(values())
                    .filter(selection -> selection != ESTIMATE)
                    .toList();
        }
    }

    /**
     * How private records vote.
     *
     * @param neighbors nearest candidates that share a record's vote, 1 to 32
     * @param broadcastChunkMiB largest piece in which candidates are broadcast
     */
    public record Vote(Metric metric, int neighbors, int broadcastChunkMiB) {}

    /**
     * Generation and embedding of tables (Tab-PE; Tran et al. 2026).
     *
     * @param generator makes rows in place of the mutation; empty if the mutation does
     */
    public record Tabular(
            TableSchema schema,
            Mutation mutation,
            Optional<ForeignGenerator> generator,
            double numericWeight,
            double categoricalWeight)
            implements Modality {

        @Override
        public String section() {
            return "tabular";
        }

        @Override
        public Optional<TableSchema> table() {
            return Optional.of(schema);
        }

        @Override
        public Optional<ForeignGenerator> foreignGenerator() {
            return generator;
        }

        @Override
        public long sampleBytes() {
            return (long) schema.size() * Double.BYTES;
        }
    }

    /**
     * How far VARIATION_API moves a row.
     *
     * @param initial mutation rate before the first vote, 0 to 1
     * @param last mutation rate after {@code iterations} votes
     * @param gamma exponent of the decay; 1 is linear
     */
    public record Mutation(double initial, double last, double gamma, int iterations) {}

    /**
     * What is measured.
     *
     * @param privateMetrics whether to compare with the private data, outside the guarantee
     * @param metrics of extensions
     */
    public record Evaluation(boolean privateMetrics, List<ExtensionSpec> metrics) {
        public Evaluation {
            metrics = List.copyOf(metrics);
        }

        public Evaluation(boolean privateMetrics) {
            this(privateMetrics, List.of());
        }
    }

    /** Which samples are published. */
    public enum Published {
        /** Those that the last vote selected. */
        SELECTED,
        /** The population that the last vote led to. */
        POPULATION
    }

    /**
     * Where results go.
     *
     * @param location directory of the synthetic data, the guarantee, the metrics and the iteration store
     * @param formats of {@code parquet}, {@code csv}, {@code jsonl} and {@code png}, at least one
     * @param rows how many samples are drawn from the estimate; 0 without one
     * @param weights whether each published text or image has its weight in a column of its own
     * @param table of Spark's catalog that gets the synthetic data, too
     */
    public record Output(
            String location,
            List<String> formats,
            Published published,
            int rows,
            boolean weights,
            Optional<CatalogTable> table) {

        /** Files alone. */
        public Output(String location, List<String> formats, Published published, int rows, boolean weights) {
            this(location, formats, published, rows, weights, Optional.empty());
        }
    }

    /**
     * A tracking server of MLflow.
     *
     * @param uri {@code http} or {@code https}, without credentials
     */
    public record Mlflow(String uri, String experiment) {}

    /**
     * A table that gets the synthetic data.
     *
     * @param name {@code catalog.schema.name}, as Spark reads it
     */
    public record CatalogTable(String name, TableMode mode) {}

    /** What becomes of a table that is there already. */
    public enum TableMode {
        /** It is refused, unless this run made it. */
        CREATE,
        /** It keeps its rows and gets those of the run, once. */
        APPEND,
        /** It is made anew. */
        REPLACE
    }
}
