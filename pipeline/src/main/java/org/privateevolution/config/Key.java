package org.privateevolution.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every key of a run configuration. This is the one list of them: unknown keys are found by it, defaults are read from
 * it, and {@code docs/configuration.md} and the command line's help are written from it.
 */
public enum Key {
    NAME("name", "string", derived("the file's name"), "Short name of the run, for job groups and reports."),
    SEED("seed", "integer", value("0"), "Fixes every random choice but the privacy noise."),

    PRIVATE_DATA_FORMAT(
            "private_data.format",
            "`parquet`, `csv`, `json`, `orc`, `delta` or `table`",
            derived("`table` if `private_data.table` is given, else required"),
            "How the private records are stored; `json` has one object a line."),
    PRIVATE_DATA_PATH(
            "private_data.path",
            "path or URI",
            derived("required, except for a table"),
            "Where the private records are."),
    PRIVATE_DATA_TABLE(
            "private_data.table",
            "`catalog.schema.name`",
            none(),
            "A table of Spark's catalog, instead of `private_data.path`."),
    PRIVATE_DATA_OPTIONS(
            "private_data.options",
            "map of strings",
            derived("`header: true` for CSV"),
            "Options of Spark's reader for the format."),
    PRIVATE_DATA_CLIENT_COLUMN(
            "private_data.client_column",
            "column name",
            derived("required if `privacy.unit` is `client`"),
            "Column with the client id; only for the client unit."),
    PRIVATE_DATA_PARTITIONS(
            "private_data.partitions",
            "integer, at least 0",
            value("0"),
            "Partitions to spread the private records over; 0 leaves it to Spark."),

    LABELS_COLUMN(
            "labels.column",
            "column name",
            none(),
            "Column of the private data that samples are conditioned on. Without it there is one label, `all`."),
    LABELS_TYPE("labels.type", "column type", value("string"), "Type of the label column."),
    LABELS_VALUES(
            "labels.values",
            "list of strings",
            derived("required with `labels.column`"),
            "The labels. They are public: declare them, do not read them from the private data."),
    LABELS_FRACTIONS(
            "labels.fractions",
            "`uniform`, a map from each label to its share, or a map with `noisy`",
            value("uniform"),
            "Share of the samples that each label gets. Shares are public and sum to 1."),
    LABELS_FRACTIONS_NOISY_NOISE_MULTIPLIER(
            "labels.fractions.noisy.noise_multiplier",
            "number from 2^-10 to 2^24",
            derived("required with `labels.fractions.noisy`"),
            "Buys the shares with one noisy count of the private labels, which the ledger charges: standard deviation"
                    + " of its noise, in privacy units."),

    PRIVACY_EPSILON(
            "privacy.epsilon",
            "number, greater than 0",
            derived("this or `privacy.noise_multiplier`"),
            "Epsilon of the whole run at `privacy.delta`; the noise multiplier is derived from it."),
    PRIVACY_NOISE_MULTIPLIER(
            "privacy.noise_multiplier",
            "number from 2^-10 to 2^24",
            derived("this or `privacy.epsilon`"),
            "Standard deviation of the noise of each vote, in votes; epsilon is derived from it."),
    PRIVACY_DELTA(
            "privacy.delta",
            "number between 0 and 1",
            required(),
            "Delta of the guarantee. It is public: derive it from a public bound on the number of records."),
    PRIVACY_UNIT("privacy.unit", "`record` or `client`", value("record"), "Whose presence the guarantee hides."),
    PRIVACY_ADJACENCY(
            "privacy.adjacency",
            "`add-remove` or `replace-one`",
            value("add-remove"),
            "Whether neighbouring data sets differ by one unit more or less, or by one unit replaced."),
    PRIVACY_LEDGER(
            "privacy.ledger",
            "path or URI",
            derived("`ledger` in `output.path`"),
            "Ledger of the private data set. All runs on the same data should share one."),
    PRIVACY_BUDGET_EPSILON(
            "privacy.budget.epsilon",
            "number, greater than 0",
            derived("no limit"),
            "A run that would take the ledger past this epsilon is refused before it reads anything."),
    PRIVACY_BUDGET_DELTA(
            "privacy.budget.delta",
            "number between 0 and 1",
            derived("required with `privacy.budget.epsilon`"),
            "Delta at which the budget is stated."),

    EVOLUTION_SAMPLES(
            "evolution.samples",
            "integer, at least 1",
            derived("this and `evolution.votes`, or `evolution.schedule`"),
            "Samples of the initial population, and samples selected by each vote."),
    EVOLUTION_VOTES(
            "evolution.votes",
            "integer, at least 1",
            derived("with `evolution.samples`"),
            "Number of votes, which is the number of private releases."),
    EVOLUTION_SCHEDULE(
            "evolution.schedule",
            "list of integers, at least 2",
            none(),
            "Samples of the initial population, then samples selected by each vote, where they differ."),
    EVOLUTION_SELECTION(
            "evolution.selection",
            "`sample` or `rank`",
            value("sample"),
            "How survivors are drawn: in proportion to their noisy votes with replacement, or the ones with the most."),
    EVOLUTION_THRESHOLD(
            "evolution.threshold",
            "number, at least 0",
            derived("no threshold"),
            "Noisy votes at or below it do not survive, and it is taken off the rest."),
    EVOLUTION_VARIATION_FOLD(
            "evolution.variation_fold",
            "integer, at least 0",
            value("1"),
            "Variations of each selected sample in the next population."),
    EVOLUTION_KEEP_SELECTED(
            "evolution.keep_selected",
            "boolean",
            value("false"),
            "Whether the selected samples themselves stay in the next population."),
    EVOLUTION_RULES_VOTES(
            "evolution.rules[].votes",
            "integer, at least 1",
            derived("required, except in the last rule: the remaining votes"),
            "Number of votes in a row that this rule covers. Rules replace the four keys above."),
    EVOLUTION_RULES_SELECTION("evolution.rules[].selection", "as `evolution.selection`", value("sample"), "As above."),
    EVOLUTION_RULES_THRESHOLD(
            "evolution.rules[].threshold", "as `evolution.threshold`", derived("no threshold"), "As above."),
    EVOLUTION_RULES_VARIATION_FOLD(
            "evolution.rules[].variation_fold", "as `evolution.variation_fold`", value("1"), "As above."),
    EVOLUTION_RULES_KEEP_SELECTED(
            "evolution.rules[].keep_selected", "as `evolution.keep_selected`", value("false"), "As above."),
    EVOLUTION_INITIAL_VARIATION_FOLD(
            "evolution.initial_variation_fold",
            "integer, at least 0",
            value("0"),
            "Variations of each initial sample that join the initial population."),
    EVOLUTION_LOOKAHEAD(
            "evolution.lookahead",
            "integer, at least 0",
            value("0"),
            "Variations whose mean embedding stands for a candidate in a vote; 0 uses its own embedding."),

    VOTE_METRIC(
            "vote.metric",
            "`l2`, `cosine` or `inner-product`",
            value("l2"),
            "How near a candidate is to a private record."),
    VOTE_NEIGHBORS(
            "vote.neighbors",
            "integer from 1 to 32",
            value("1"),
            "Nearest candidates that share a record's vote, 1/sqrt(neighbors) each."),
    VOTE_BROADCAST_CHUNK_MIB(
            "vote.broadcast_chunk_mib",
            "integer from 1 to 1024",
            value("64"),
            "Largest piece, in MiB, in which candidates are broadcast to executors."),

    TABULAR_COLUMNS_NAME(
            "tabular.columns[].name", "string", required(), "Name of a feature column of the private data."),
    TABULAR_COLUMNS_TYPE(
            "tabular.columns[].type",
            "`string`, `boolean`, `byte`, `short`, `integer`, `long`, `float`, `double`, `decimal(p,s)`, `date`,"
                    + " `timestamp` or `timestamp_ntz`",
            required(),
            "Type of the column."),
    TABULAR_COLUMNS_CATEGORIES(
            "tabular.columns[].categories",
            "list of strings",
            derived("required for `string`; `[false, true]` for `boolean`"),
            "The values the column may have. They are public. A column of any type may have categories instead of"
                    + " bounds."),
    TABULAR_COLUMNS_OTHER(
            "tabular.columns[].other",
            "one of the categories",
            derived("none: an undeclared value is an error"),
            "Category that takes every value that is not declared."),
    TABULAR_COLUMNS_MIN(
            "tabular.columns[].min",
            "value of the type",
            derived("required without categories"),
            "Smallest value. It is public. Dates are written 1910-01-01, timestamps 1910-01-01T00:00:00Z."),
    TABULAR_COLUMNS_MAX(
            "tabular.columns[].max",
            "value of the type",
            derived("required without categories"),
            "Largest value, greater than the smallest."),
    TABULAR_COLUMNS_OUT_OF_RANGE(
            "tabular.columns[].out_of_range",
            "`error` or `clamp`",
            value("error"),
            "What a value beyond the bounds is: an error, or moved to the bound."),
    TABULAR_COLUMNS_NULLABLE(
            "tabular.columns[].nullable",
            "boolean",
            value("false"),
            "Whether null is a value of its own; if not, a null in the private data is an error."),
    TABULAR_MUTATION_INITIAL(
            "tabular.mutation.initial",
            "number from 0 to 1",
            value("0.5"),
            "How far the first variations move a row: the probability that a category is redrawn, and the share of its"
                    + " range that a number moves by at most."),
    TABULAR_MUTATION_LAST(
            "tabular.mutation.last",
            "number from 0 to 1",
            value("0.01"),
            "The same, after `tabular.mutation.iterations`."),
    TABULAR_MUTATION_DECAY(
            "tabular.mutation.decay",
            "`polynomial` or `linear`",
            value("polynomial"),
            "How the mutation rate goes from the first to the last."),
    TABULAR_MUTATION_GAMMA(
            "tabular.mutation.gamma",
            "number, greater than 0",
            value("0.2"),
            "Exponent of the polynomial decay; linear is 1."),
    TABULAR_MUTATION_ITERATIONS(
            "tabular.mutation.iterations",
            "integer, at least 1",
            value("15"),
            "Votes after which the mutation rate stays at its last value."),
    TABULAR_NUMERIC_WEIGHT(
            "tabular.numeric_weight",
            "number, greater than 0",
            value("1"),
            "Length of a numeric column's range in the embedding."),
    TABULAR_CATEGORICAL_WEIGHT(
            "tabular.categorical_weight",
            "number, greater than 0",
            value("0.3333333333333333"),
            "Entry of a categorical column's one-hot vector in the embedding."),

    EVALUATION_PRIVATE_METRICS(
            "evaluation.private_metrics",
            "boolean",
            value("false"),
            "Whether to compare the synthetic with the private data. Such figures are outside the guarantee."),

    OUTPUT_PATH(
            "output.path",
            "path or URI",
            required(),
            "Directory of the synthetic data, the guarantee, the metrics and the iteration store."),
    OUTPUT_FORMATS(
            "output.formats", "list of `parquet` and `csv`", value("[parquet, csv]"), "Formats of the synthetic data."),
    OUTPUT_PUBLISH(
            "output.publish",
            "`selected` or `population`",
            derived("`selected` if the last rule keeps the selected, else `population`"),
            "Whether the samples that the last vote selected are published, or the population that it led to.");

    private enum Presence {
        REQUIRED,
        VALUE,
        DERIVED
    }

    private record Default(Presence presence, String text) {}

    private final String path;
    private final String type;
    private final Presence presence;
    private final String fallback;
    private final String meaning;

    Key(String path, String type, Default fallback, String meaning) {
        this.path = path;
        this.type = type;
        this.presence = fallback.presence();
        this.fallback = fallback.text();
        this.meaning = meaning;
    }

    private static Default required() {
        return new Default(Presence.REQUIRED, "required");
    }

    private static Default none() {
        return derived("none");
    }

    private static Default derived(String words) {
        return new Default(Presence.DERIVED, words);
    }

    private static Default value(String yaml) {
        return new Default(Presence.VALUE, yaml);
    }

    /** Dotted path, with {@code []} after the name of a list. */
    public String path() {
        return path;
    }

    /** What values it takes, in Markdown. */
    public String type() {
        return type;
    }

    /** What holds if it is not given, in Markdown. */
    public String fallback() {
        return presence == Presence.VALUE ? "`" + fallback + "`" : fallback;
    }

    /** What it means, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** Its value if it is not given, as YAML; empty if it is required or follows from other keys. */
    Optional<String> defaultYaml() {
        return presence == Presence.VALUE ? Optional.of(fallback) : Optional.empty();
    }

    boolean isRequired() {
        return presence == Presence.REQUIRED;
    }

    /** The last name of its path. */
    String leaf() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Names of the keys and groups directly in {@code group}, whose path is written as {@link #path()} is. */
    static List<String> namesIn(String group) {
        String prefix = group.isEmpty() ? "" : group + ".";
        Set<String> names = new LinkedHashSet<>();
        for (Key key : values()) {
            if (key.path.startsWith(prefix)) {
                String rest = key.path.substring(prefix.length());
                int dot = rest.indexOf('.');
                String name = dot < 0 ? rest : rest.substring(0, dot);
                names.add(name.endsWith("[]") ? name.substring(0, name.length() - 2) : name);
            }
        }
        return new ArrayList<>(names);
    }
}
