package org.privateevolution.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;

/**
 * A resolved run as a configuration again: every default written out, one way to say each thing, and options that are secret
 * redacted. {@link RunConfiguration} reads it back to an equal {@link RunSpec}, unless there is such an option. The iteration store keeps it and the {@link Fingerprint} is taken of it.
 *
 * <p>A configuration keeps its canonical form in all later versions of the program, so that runs keep their
 * fingerprints. A setting that is added is therefore left out wherever its value does what the program did without
 * it, as {@code output.weights: false} is. Any other change makes a new version of the form, and comes with a
 * conversion of the configurations that runs have recorded in older ones.
 */
public final class CanonicalConfiguration {

    /** Version of the form. */
    public static final int VERSION = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    private CanonicalConfiguration() {}

    /** As JSON on one line, with sorted keys. */
    public static String json(RunSpec spec) {
        return json(tree(spec));
    }

    /** As YAML, with the keys in the order of {@link Key}. */
    public static String yaml(RunSpec spec) {
        try {
            return YAML.writeValueAsString(tree(spec));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The inverse of {@link #json(Map)}, but for the types of numbers. */
    static Map<String, Object> tree(String json) {
        try {
            return JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String json(Object tree) {
        try {
            return JSON.writer()
                    .without(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Maps, lists, texts, booleans, integers and {@link BigDecimal}s. Mutable: the caller owns it. */
    static Map<String, Object> tree(RunSpec spec) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, Key.NAME, spec.name());
        put(tree, Key.SEED, spec.seed());
        tree.put("private_data", privateData(spec.privateData()));
        if (!spec.labels().column().isEmpty()) {
            tree.put("labels", labels(spec.labels()));
        }
        tree.put("privacy", privacy(spec.privacy()));
        tree.put("evolution", evolution(spec.evolution(), spec.modality() instanceof RunSpec.Tabular));
        tree.put("vote", vote(spec.vote()));
        if (spec.modality() instanceof TextSpec text) {
            tree.put("text", TextTree.of(text));
        } else if (spec.modality() instanceof ImageSpec images) {
            tree.put("images", ImageTree.of(images));
        } else {
            tree.put("tabular", tabular(spec.tabular()));
        }
        Map<String, Object> evaluation = new LinkedHashMap<>();
        put(evaluation, Key.EVALUATION_PRIVATE_METRICS, spec.evaluation().privateMetrics());
        if (!spec.evaluation().metrics().isEmpty()) {
            put(
                    evaluation,
                    Key.EVALUATION_METRICS,
                    spec.evaluation().metrics().stream().map(ExtensionTree::of).toList());
        }
        tree.put("evaluation", evaluation);
        tree.put("output", output(spec.output(), spec.evolution().estimates()));
        return tree;
    }

    private static Map<String, Object> privateData(RunSpec.PrivateData data) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.PRIVATE_DATA_FORMAT, data.format());
        if (data.isExtension()) {
            put(map, Key.PRIVATE_DATA_FORMAT_VERSION, data.formatVersion());
        }
        put(map, location(data), data.location());
        if (!data.isDataFrame()) {
            put(map, Key.PRIVATE_DATA_OPTIONS, RedactedOptions.of(data.options()));
        }
        if (!data.clientColumn().isEmpty()) {
            put(map, Key.PRIVATE_DATA_CLIENT_COLUMN, data.clientColumn());
        }
        put(map, Key.PRIVATE_DATA_PARTITIONS, data.partitions());
        map.put("store", store(data.store()));
        return map;
    }

    private static Map<String, Object> store(RunSpec.PrivateStore store) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.PRIVATE_DATA_STORE_PATH, store.path());
        put(map, Key.PRIVATE_DATA_STORE_KEEP, store.keep());
        if (!store.keyVariable().isEmpty()) {
            put(map, Key.PRIVATE_DATA_STORE_KEY_ENV, store.keyVariable());
        }
        return map;
    }

    private static Key location(RunSpec.PrivateData data) {
        if (data.isDataFrame()) {
            return Key.PRIVATE_DATA_NAME;
        }
        return data.format().equals("table") ? Key.PRIVATE_DATA_TABLE : Key.PRIVATE_DATA_PATH;
    }

    private static Map<String, Object> labels(RunSpec.Labels labels) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.LABELS_COLUMN, labels.column());
        put(map, Key.LABELS_TYPE, labels.type().configName());
        put(map, Key.LABELS_VALUES, labels.names());
        put(map, Key.LABELS_FRACTIONS, fractions(labels));
        return map;
    }

    private static Object fractions(RunSpec.Labels labels) {
        if (labels.fractions() instanceof RunSpec.Fractions.Noisy noisy) {
            Map<String, Object> inner = new LinkedHashMap<>();
            put(inner, Key.LABELS_FRACTIONS_NOISY_NOISE_MULTIPLIER, number(noisy.noiseMultiplier()));
            return Map.of(LabelsReader.NOISY, inner);
        }
        if (labels.fractions() instanceof RunSpec.Fractions.Declared declared) {
            Map<String, Object> shares = new LinkedHashMap<>();
            for (int label = 0; label < labels.names().size(); label++) {
                shares.put(labels.names().get(label), number(declared.shares().get(label)));
            }
            return shares;
        }
        return LabelsReader.UNIFORM;
    }

    private static Map<String, Object> privacy(RunSpec.Privacy privacy) {
        Map<String, Object> map = new LinkedHashMap<>();
        privacy.epsilon().ifPresent(epsilon -> put(map, Key.PRIVACY_EPSILON, number(epsilon)));
        privacy.noiseMultiplier().ifPresent(noise -> put(map, Key.PRIVACY_NOISE_MULTIPLIER, number(noise)));
        put(map, Key.PRIVACY_DELTA, number(privacy.delta()));
        put(map, Key.PRIVACY_UNIT, Word.of(privacy.unit()));
        put(map, Key.PRIVACY_ADJACENCY, Word.of(privacy.adjacency()));
        put(map, Key.PRIVACY_LEDGER, privacy.ledger());
        privacy.budget().ifPresent(cap -> {
            Map<String, Object> budget = new LinkedHashMap<>();
            put(budget, Key.PRIVACY_BUDGET_EPSILON, number(cap.epsilon()));
            put(budget, Key.PRIVACY_BUDGET_DELTA, number(cap.delta()));
            map.put("budget", budget);
        });
        return map;
    }

    private static Map<String, Object> evolution(RunSpec.Evolution evolution, boolean table) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.EVOLUTION_SCHEDULE, evolution.schedule());
        if (evolution.estimates()) {
            put(map, Key.EVOLUTION_SELECTION, Word.of(RunSpec.Selection.ESTIMATE));
            if (table) {
                return map;
            }
            RunSpec.PopulationRule rule = evolution.rules().get(0);
            put(map, Key.EVOLUTION_VARIATION_FOLD, rule.variationFold());
            put(map, Key.EVOLUTION_KEEP_SELECTED, rule.keepSelected());
        } else {
            map.put("rules", rules(evolution.rules()));
        }
        put(map, Key.EVOLUTION_INITIAL_VARIATION_FOLD, evolution.initialVariationFold());
        put(map, Key.EVOLUTION_LOOKAHEAD, evolution.lookahead());
        if (evolution.lookahead() > 0) {
            put(map, Key.EVOLUTION_LOOKAHEAD_SELF, evolution.lookaheadSelf());
        }
        return map;
    }

    /** One entry for each run of equal rules. */
    private static List<Map<String, Object>> rules(List<RunSpec.PopulationRule> rules) {
        List<Map<String, Object>> entries = new ArrayList<>();
        int start = 0;
        for (int vote = 1; vote <= rules.size(); vote++) {
            if (vote == rules.size() || !rules.get(vote).equals(rules.get(start))) {
                entries.add(rule(rules.get(start), vote - start));
                start = vote;
            }
        }
        return entries;
    }

    private static Map<String, Object> rule(RunSpec.PopulationRule rule, int votes) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.EVOLUTION_RULES_VOTES, votes);
        put(map, Key.EVOLUTION_RULES_SELECTION, Word.of(rule.selection()));
        rule.threshold().ifPresent(threshold -> put(map, Key.EVOLUTION_RULES_THRESHOLD, number(threshold)));
        put(map, Key.EVOLUTION_RULES_VARIATION_FOLD, rule.variationFold());
        put(map, Key.EVOLUTION_RULES_KEEP_SELECTED, rule.keepSelected());
        return map;
    }

    private static Map<String, Object> vote(RunSpec.Vote vote) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.VOTE_METRIC, Word.of(vote.metric()));
        put(map, Key.VOTE_NEIGHBORS, vote.neighbors());
        put(map, Key.VOTE_BROADCAST_CHUNK_MIB, vote.broadcastChunkMiB());
        return map;
    }

    private static Map<String, Object> tabular(RunSpec.Tabular tabular) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "columns",
                tabular.schema().columns().stream()
                        .map(CanonicalConfiguration::column)
                        .toList());
        Map<String, Object> mutation = new LinkedHashMap<>();
        put(mutation, Key.TABULAR_MUTATION_INITIAL, number(tabular.mutation().initial()));
        put(mutation, Key.TABULAR_MUTATION_LAST, number(tabular.mutation().last()));
        put(mutation, Key.TABULAR_MUTATION_GAMMA, number(tabular.mutation().gamma()));
        put(mutation, Key.TABULAR_MUTATION_ITERATIONS, tabular.mutation().iterations());
        map.put("mutation", mutation);
        tabular.generator().ifPresent(generator -> put(map, Key.TABULAR_GENERATION, ExtensionTree.of(generator)));
        put(map, Key.TABULAR_NUMERIC_WEIGHT, number(tabular.numericWeight()));
        put(map, Key.TABULAR_CATEGORICAL_WEIGHT, number(tabular.categoricalWeight()));
        return map;
    }

    private static Map<String, Object> column(Column column) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.TABULAR_COLUMNS_NAME, column.name());
        put(map, Key.TABULAR_COLUMNS_TYPE, column.type().configName());
        if (column instanceof CategoricalColumn categorical) {
            put(map, Key.TABULAR_COLUMNS_CATEGORIES, categorical.categories());
            if (categorical.other() != null) {
                put(map, Key.TABULAR_COLUMNS_OTHER, categorical.other());
            }
        } else if (column instanceof NumericColumn numeric) {
            put(map, Key.TABULAR_COLUMNS_MIN, numeric.text(numeric.min()));
            put(map, Key.TABULAR_COLUMNS_MAX, numeric.text(numeric.max()));
            put(map, Key.TABULAR_COLUMNS_OUT_OF_RANGE, numeric.clamp() ? "clamp" : "error");
            if (numeric.decimals() != NumericColumn.ALL_DECIMALS) {
                put(map, Key.TABULAR_COLUMNS_DECIMALS, numeric.decimals());
            }
            if (!numeric.special().isEmpty()) {
                put(
                        map,
                        Key.TABULAR_COLUMNS_SPECIAL,
                        numeric.special().stream().map(numeric::text).toList());
            }
        }
        put(map, Key.TABULAR_COLUMNS_NULLABLE, column.nullable());
        return map;
    }

    private static Map<String, Object> output(RunSpec.Output output, boolean estimates) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.OUTPUT_PATH, output.location());
        put(map, Key.OUTPUT_FORMATS, output.formats());
        if (estimates) {
            put(map, Key.OUTPUT_ROWS, output.rows());
        } else {
            put(map, Key.OUTPUT_PUBLISH, Word.of(output.published()));
        }
        if (output.weights()) {
            put(map, Key.OUTPUT_WEIGHTS, true);
        }
        return map;
    }

    private static void put(Map<String, Object> map, Key key, Object value) {
        map.put(key.leaf(), value);
    }

    /** The shortest decimal that reads back as {@code x}, in one form on every JDK, which {@code toString} is not. */
    static BigDecimal number(double x) {
        BigDecimal exact = new BigDecimal(x);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == x) {
                return plain(rounded);
            }
        }
        return plain(exact.round(new MathContext(17)));
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 && stripped.precision() - stripped.scale() <= 17 ? stripped.setScale(0) : stripped;
    }
}
