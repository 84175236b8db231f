package org.privateevolution.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.vector.Metric;

/**
 * A validated run. Everything in it is public: it is printed, fingerprinted and stored.
 *
 * @param name short name of the run, for job groups and reports
 * @param seed determines everything except the privacy noise
 * @param labels the labels on which samples are conditioned; a run without labels has one, named {@code all}
 * @param mlflow the MLflow server that tracks the run
 * @param undiscovered what the configuration declares in place of the columns and labels that a discovery has found;
 *     empty if nothing was discovered yet, or the configuration declares all columns
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
        Optional<Mlflow> mlflow,
        Optional<Undiscovered> undiscovered) {

    /** A run without discovered columns. */
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
            Output output,
            Optional<Mlflow> mlflow) {
        this(
                name,
                seed,
                privateData,
                labels,
                privacy,
                evolution,
                vote,
                modality,
                evaluation,
                output,
                mlflow,
                Optional.empty());
    }

    /** A run that no server tracks. */
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

    /** Name of the column that {@link Output#weights} requests. */
    public static final String WEIGHT_COLUMN = "weight";

    /**
     * Returns the specification of a table.
     *
     * @throws IllegalStateException if the run's records have no declared columns
     */
    public Tabular tabular() {
        return modality.rowPart()
                .orElseThrow(() -> new IllegalStateException("the run's records have no declared columns"));
    }

    /**
     * Whether the run estimates a table of declared columns and nothing else. Such an estimate begins with the columns'
     * marginals, and draws rows itself.
     */
    public boolean estimatesTable() {
        return evolution.estimates() && modality.isRow();
    }

    /**
     * The unit that counts once in every release: a client that is one record counts as one, while the votes of other
     * clients' records are divided by their joint norm.
     */
    public PrivacyUnit countedUnit() {
        return modality.areClients() ? PrivacyUnit.RECORD : privacy.unit();
    }

    /** Whether the run counts marginals of its columns before its estimate. */
    public boolean buysMarginals() {
        return evolution.estimates() && modality.hasColumns();
    }

    /** The discovery of the columns by this run, whether it has been made or not; empty if all are declared. */
    public Optional<DiscoverySpec> discovery() {
        return configured().modality instanceof TableModality table ? table.discovery() : Optional.empty();
    }

    /**
     * The run with what its discovery has found.
     *
     * @param columns at least one that is learnt
     * @param children the child tables; empty if a record is a row
     * @param found the labels; those of this run if it declares them
     * @throws IllegalStateException if nothing is to be discovered
     */
    public RunSpec discovered(List<DeclaredColumn> columns, List<ChildTable> children, Labels found) {
        if (!(modality instanceof UndiscoveredTable table)) {
            throw new IllegalStateException("all columns of the run are known");
        }
        return with(found, table.with(columns, children), Optional.of(new Undiscovered(table, labels)));
    }

    /** The run as it is configured, without what a discovery has found. A run is identified by this. */
    public RunSpec configured() {
        return undiscovered
                .map(before -> with(before.labels, before.table, Optional.empty()))
                .orElse(this);
    }

    /** The run as if its configuration declared all columns. */
    public RunSpec declared() {
        return with(labels, modality, Optional.empty());
    }

    /** The constraints that every synthetic row obeys, those of child tables included. */
    public List<Constraint> constraints() {
        return modality.parts().stream()
                .filter(Tabular.class::isInstance)
                .flatMap(part -> ((Tabular) part).allConstraints())
                .toList();
    }

    /** Returns the same run with another modality. */
    public RunSpec with(Modality other) {
        return with(labels, other, undiscovered);
    }

    private RunSpec with(Labels otherLabels, Modality other, Optional<Undiscovered> before) {
        return new RunSpec(
                name,
                seed,
                privateData,
                otherLabels,
                privacy,
                evolution,
                vote,
                other,
                evaluation,
                output,
                mlflow,
                before);
    }

    /** Returns the same run on other records. */
    public RunSpec with(PrivateData other) {
        return new RunSpec(
                name,
                seed,
                other,
                labels,
                privacy,
                evolution,
                vote,
                modality,
                evaluation,
                output,
                mlflow,
                undiscovered);
    }

    /** What a configuration declares in place of columns and labels that are to be discovered. */
    public record Undiscovered(UndiscoveredTable table, Labels labels) {}

    /**
     * Where the private records are.
     *
     * @param format {@code parquet}, {@code csv}, {@code json} (one object per line), {@code orc}, {@code delta},
     *     {@code table}, {@link #DATA_FRAME}, or one of the formats in {@link ImageSpec}
     * @param location path or URI; {@code catalog.schema.name} for {@code table}; a public name for a DataFrame
     * @param options passed to Spark's reader
     * @param clientColumn column of the client id if the privacy unit is a client; empty if it is a record
     * @param partitions number of partitions of the records; 0 leaves it to Spark
     * @param store where data derived from the records are kept while the run needs them
     * @param formatVersion version of the extension that reads the format; empty for the project's own formats
     * @param declaredPublic whether the records are declared public, so that releases need not protect anybody
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

        /** Private records in one of the project's own formats. */
        public PrivateData(
                String format,
                String location,
                Map<String, String> options,
                String clientColumn,
                int partitions,
                PrivateStore store) {
            this(format, location, options, clientColumn, partitions, store, "", false);
        }

        /** The format of records that a program passes as a DataFrame. */
        public static final String DATA_FRAME = "dataframe";

        /** Whether an extension reads the format. */
        public boolean isExtension() {
            return !formatVersion.isEmpty();
        }

        public boolean isDataFrame() {
            return format.equals(DATA_FRAME);
        }

        /** Returns a table in other files whose clients stand in the column {@code key}. */
        PrivateData inFiles(
                String otherFormat, String otherLocation, Map<String, String> otherOptions, String otherKey) {
            return new PrivateData(
                    otherFormat, otherLocation, otherOptions, otherKey, partitions, store, "", declaredPublic);
        }

        /** Returns the same format and options with another location. */
        public PrivateData at(String otherLocation) {
            return new PrivateData(
                    format, otherLocation, options, clientColumn, partitions, store, formatVersion, declaredPublic);
        }
    }

    /**
     * A folder for private data: embeddings of private records, and names of images that cannot be decoded.
     *
     * @param path path or URI, neither inside the output folder nor around it
     * @param keep whether the folder is kept after the run is published
     * @param keyVariable environment variable of the driver with the key to encrypt the folder; empty for no encryption
     */
    public record PrivateStore(String path, boolean keep, String keyVariable) {}

    /**
     * The labels.
     *
     * @param columns the columns that make a record's label
     * @param fractions the shares of the labels among the samples
     */
    public record Labels(LabelColumns columns, Fractions fractions) {

        /** Labels that are the values of one column. */
        public Labels(String column, ColumnType type, List<String> names, Fractions fractions) {
            this(LabelColumns.of(new CategoricalColumn(column, type, names, false, null)), fractions);
        }

        /** Whether a discovery is to find the labels. */
        public boolean undiscovered() {
            return columns.undiscovered();
        }

        /** Name of the label column, or of several with commas between; empty if there is none. */
        public String column() {
            return String.join(LabelColumns.BETWEEN, columns.columnNames());
        }

        /** Text form of each label, in index order; empty before a discovery that is to find them. */
        public List<String> names() {
            return columns.names();
        }
    }

    /** The shares of the labels among the samples. */
    public sealed interface Fractions {
        /** The same share for each label. */
        record Uniform() implements Fractions {}

        /** Public shares, one per label, with sum 1. */
        record Declared(List<Double> shares) implements Fractions {}

        /**
         * Shares from a noisy count of the private labels, which the ledger charges.
         *
         * @param noiseMultiplier noise standard deviation in units (records or clients), greater than 0
         */
        record Noisy(double noiseMultiplier) implements Fractions {}
    }

    /**
     * The privacy of the run. Exactly one of {@code epsilon} and {@code noiseMultiplier} is given.
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
     * @param schedule number of samples of the initial population, then of the samples that each vote selects; at least
     *     2 entries
     * @param rules the population rule of each vote, {@code schedule.size() - 1} of them
     * @param initialVariationFold number of variations of each initial sample that join the initial population
     * @param lookahead number of variations whose mean embedding represents a candidate; 0 for the candidate's own
     *     embedding
     * @param lookaheadSelf whether that mean includes the candidate's own embedding
     */
    public record Evolution(
            List<Integer> schedule,
            List<PopulationRule> rules,
            int initialVariationFold,
            int lookahead,
            boolean lookaheadSelf) {

        /**
         * Whether the run fits one weighting of samples to all of its releases, and draws the result from the
         * weighting.
         */
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
     * @param threshold samples with noisy votes at or below it are dropped, and it is subtracted from the votes of the
     *     others; empty for none
     * @param variationFold number of variations of each selected sample in the next population
     * @param keepSelected whether the selected samples stay in the next population
     */
    public record PopulationRule(
            Selection selection, OptionalDouble threshold, int variationFold, boolean keepSelected) {

        /** Returns a rule with the same selection that keeps nothing but the selected samples. */
        public PopulationRule keepingOnlySelected() {
            return new PopulationRule(selection, threshold, 0, true);
        }
    }

    /** How samples are selected by their noisy votes. */
    public enum Selection {
        /** Drawn from a single weighting of synthetic samples that explains every release of the run so far. */
        ESTIMATE,
        /** Drawn with replacement, proportionally to the votes. */
        SAMPLE,
        /** The samples with the most votes. */
        RANK;

        /** Returns the selections that use a single vote. */
        public static List<Selection> ofOneVote() {
            return Arrays.stream(values())
                    .filter(selection -> selection != ESTIMATE)
                    .toList();
        }
    }

    /**
     * How private records vote.
     *
     * @param neighbors number of nearest candidates that share a record's vote, 1 to 32
     * @param broadcastChunkMiB greatest size of a piece in which candidates are broadcast, in MiB
     */
    public record Vote(Metric metric, int neighbors, int broadcastChunkMiB) {}

    /**
     * Generation and embedding of tables (Tab-PE; Tran et al. 2026).
     *
     * @param schema columns that are learnt; for clients, those of the joined table
     * @param generated columns that are made up
     * @param generator generates rows instead of the mutation; empty if the mutation does
     * @param constraints constraints that every synthetic row obeys
     * @param clients the tables of clients, of which this is the joined one; empty if a record is a row
     */
    public record Tabular(
            TableSchema schema,
            GeneratedColumns generated,
            Mutation mutation,
            Optional<ForeignGenerator> generator,
            double numericWeight,
            double categoricalWeight,
            List<Constraint> constraints,
            Optional<ClientTables> clients)
            implements TableModality {

        public Tabular {
            constraints = List.copyOf(constraints);
        }

        /** A table in which a record is a row. */
        public Tabular(
                TableSchema schema,
                GeneratedColumns generated,
                Mutation mutation,
                Optional<ForeignGenerator> generator,
                double numericWeight,
                double categoricalWeight,
                List<Constraint> constraints) {
            this(
                    schema,
                    generated,
                    mutation,
                    generator,
                    numericWeight,
                    categoricalWeight,
                    constraints,
                    Optional.empty());
        }

        /** The joined table of clients. */
        public Tabular(
                ClientTables clients,
                GeneratedColumns generated,
                Mutation mutation,
                double numericWeight,
                double categoricalWeight) {
            this(clients, generated, mutation, numericWeight, categoricalWeight, List.of());
        }

        /**
         * The joined table of clients.
         *
         * @param constraints constraints on the clients' own columns
         */
        public Tabular(
                ClientTables clients,
                GeneratedColumns generated,
                Mutation mutation,
                double numericWeight,
                double categoricalWeight,
                List<Constraint> constraints) {
            this(
                    clients.joined(),
                    generated,
                    mutation,
                    Optional.empty(),
                    numericWeight,
                    categoricalWeight,
                    constraints,
                    Optional.of(clients));
        }

        /** A table of which all columns are learnt. */
        public Tabular(
                TableSchema schema,
                Mutation mutation,
                Optional<ForeignGenerator> generator,
                double numericWeight,
                double categoricalWeight) {
            this(schema, GeneratedColumns.NONE, mutation, generator, numericWeight, categoricalWeight, List.of());
        }

        /**
         * A table of declared columns.
         *
         * @param declared at least one that is learnt
         * @throws IllegalArgumentException if none is learnt, or a column is declared twice
         */
        public static Tabular of(
                List<? extends DeclaredColumn> declared,
                String locale,
                Mutation mutation,
                Optional<ForeignGenerator> generator,
                double numericWeight,
                double categoricalWeight,
                List<Constraint> constraints) {
            return new Tabular(
                    TableSchema.of(LearntColumn.among(declared)),
                    GeneratedColumns.among(declared, locale),
                    mutation,
                    generator,
                    numericWeight,
                    categoricalWeight,
                    constraints);
        }

        /** All columns that are declared for a table or, for clients, for their root table, in order. */
        @Override
        public List<DeclaredColumn> declared() {
            return generated.merge(
                    clients.map(ClientTables::root).orElse(schema).declared(), generated.columns());
        }

        private Stream<Constraint> allConstraints() {
            return Stream.concat(
                    constraints.stream(),
                    clients.stream()
                            .flatMap(tables -> tables.children().stream())
                            .flatMap(child -> child.constraints().stream()));
        }

        @Override
        public List<ChildDeclaration> children() {
            return clients.map(tables ->
                            tables.children().stream().map(ChildDeclaration::of).toList())
                    .orElse(List.of());
        }

        @Override
        public Optional<DiscoverySpec> discovery() {
            return Optional.empty();
        }

        @Override
        public String locale() {
            return generated.locale();
        }

        @Override
        public Optional<TableSchema> table() {
            return Optional.of(schema);
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
     * @param metrics metrics from extensions
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
        /** The samples that the last vote selected. */
        SELECTED,
        /** The population that the last vote led to. */
        POPULATION
    }

    /**
     * Where results are written.
     *
     * @param location directory of the synthetic data, the guarantee, the metrics and the iteration store
     * @param formats at least one of {@code parquet}, {@code csv}, {@code jsonl} and {@code png}
     * @param rows number of samples that are drawn from the estimate; 0 if there is no estimate
     * @param weights whether each published text or image has its weight in a column of its own
     * @param table table of Spark's catalog that receives the synthetic data, too
     */
    public record Output(
            String location,
            List<String> formats,
            Published published,
            int rows,
            boolean weights,
            Optional<CatalogTable> table) {

        /** Output to files only. */
        public Output(String location, List<String> formats, Published published, int rows, boolean weights) {
            this(location, formats, published, rows, weights, Optional.empty());
        }
    }

    /**
     * An MLflow server that tracks the run.
     *
     * @param uri {@code http} or {@code https}, without credentials
     */
    public record Mlflow(String uri, String experiment) {}

    /**
     * A table that receives the synthetic data.
     *
     * @param name {@code catalog.schema.name}, as Spark reads it
     */
    public record CatalogTable(String name, TableMode mode) {}

    /** What happens to a table that already exists. */
    public enum TableMode {
        /** The run is refused, unless this same run created the table. */
        CREATE,
        /** The table keeps its rows, and the run's rows are added once. */
        APPEND,
        /** The table is replaced. */
        REPLACE
    }
}
