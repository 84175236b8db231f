package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting is read where it is declared, and takes what its declaration says, no more and no less. */
class SettingsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String SHARED =
            """
            private_data: {format: parquet, path: in/x}
            labels: {column: label, values: [a]}
            privacy: {epsilon: 1, delta: 1e-5}
            evolution: {samples: 7, votes: 3, selection: sample, lookahead: 1}
            output: {path: out/x}
            """;
    private static final String TABLE = SHARED + "tabular: {columns: [{name: n, type: double, min: 0, max: 1}]}";
    private static final String TEXT = SHARED + "text: {columns: [t], prompts: {random: r, variation: v}, ";
    private static final String IMAGES = SHARED.replace("parquet", "image-folder") + "images: ";

    /** A configuration in which the settings whose paths begin so are read; the first that fits counts. */
    private static final Map<String, String> BASES = bases();

    private static Map<String, String> bases() {
        Map<String, String> bases = new LinkedHashMap<>();
        bases.put(
                "labels.columns",
                TABLE.replace(
                        "column: label, values: [a]",
                        "columns: [{name: a, type: string, values: [x]}, {name: b, type: string, values: [y]}]"));
        bases.put("labels.fractions.noisy", TABLE.replace("values: [a]", "values: [a], fractions: {noisy: {}}"));
        bases.put(
                "tabular.children",
                SHARED.replace("path: in/x", "path: in/x, client_column: id")
                                .replace("epsilon: 1", "epsilon: 1, unit: client")
                                .replace(", selection: sample, lookahead: 1", "")
                        + "tabular: {columns: [{name: n, type: double, min: 0, max: 1}], children: [{name: c, rows: 3,"
                        + " path: in/c, columns: [{name: m, type: double, min: 0, max: 1}]}]}");
        bases.put("evolution.rules", TABLE.replace("selection: sample", "rules: [{}]"));
        bases.put("output.rows", TEXT.replace("selection: sample", "selection: estimate") + "llama: {model: m}}");
        bases.put("output.publish", TABLE);
        bases.put("text.llama", TEXT + "llama: {model: m}}");
        bases.put("text.corpus", SHARED + "text: {columns: [t], corpus: {format: csv, path: p, label_column: l}}");
        bases.put("text", TEXT + "chat: {endpoints: [{url: 'http://h/v1', model: m}]}}");
        bases.put("images.avatar", IMAGES + "{avatar: {}}");
        bases.put("images.pool", IMAGES + "{pool: {path: p}}");
        bases.put(
                "images.api",
                IMAGES
                        + "{api: {protocol: openai, model: m, endpoints: [{url: 'http://h'}], prompts: [p],"
                        + " degrees: [1]}}");
        bases.put("images.embedding", IMAGES + "{embedding: {model: m}, draw_text: {fonts: f}}");
        bases.put("images", IMAGES + "{draw_text: {fonts: f}}");
        bases.put("", TABLE);
        return bases;
    }

    private static String base(Setting<?> setting) {
        return BASES.entrySet().stream()
                .filter(base -> setting.path().startsWith(base.getKey()))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static String path(Setting<?> setting) {
        return setting.path().replace("[]", ".0");
    }

    /** What is wrong with the setting, or with an entry of it, if it has this value. */
    private static List<String> problems(Setting<?> setting, String yaml) {
        try {
            RunConfiguration.parse(base(setting), "base.yaml", List.of(path(setting) + "=" + yaml));
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems().stream()
                    .filter(problem -> problem.startsWith(path(setting) + ":")
                            || problem.matches("\\Q" + path(setting) + "\\E\\.\\d+: .*"))
                    .toList();
        }
    }

    static Stream<Setting<?>> settings() {
        return Settings.all().stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aSettingIsReadUnderItsOwnName(Setting<?> setting) {
        assertThat(problems(setting, "[[x]]")).isNotEmpty().noneMatch(problem -> problem.contains("is not a key"));
    }

    static Stream<Setting<?>> locations() {
        return Settings.all().stream().filter(setting -> setting.type().startsWith("path"));
    }

    @ParameterizedTest
    @MethodSource("locations")
    void aLocationWithAPasswordIsRefusedWithoutShowingIt(Setting<?> setting) {
        for (String location : List.of(
                "s3a://AKIA:hunter7713@bucket/in",
                "jdbc:postgresql://host/db?user=me&password=hunter7713",
                "https://host/in?access_token=hunter7713",
                "wasbs://in@host/x;SharedAccessKey=hunter7713")) {
            assertThat(problems(setting, location))
                    .as(location)
                    .anyMatch(problem -> problem.contains("it contains a password"))
                    .noneMatch(problem -> problem.contains("hunter"));
        }
    }

    @Test
    void everythingThatIsReadFromSomewhereIsALocation() {
        assertThat(locations().map(Setting::path))
                .contains(
                        "private_data.path",
                        "text.embedding.model",
                        "text.embedding.tokenizer",
                        "text.prompts.random",
                        "text.llama.model",
                        "text.corpus.path",
                        "text.chat.endpoints[].key_file",
                        "images.labels_file",
                        "images.held_out.path",
                        "images.held_out.labels_file",
                        "images.draw_text.fonts",
                        "images.pool.path",
                        "images.embedding.model");
    }

    /** Canonical configurations say defaults in other words where a setting is not one that they have. */
    @Test
    void aDefaultIsTheOneThatIsStatedWhereverTheSettingIsMounted() {
        int compared = 0;
        for (Setting<?> setting : Settings.all()) {
            Object stated = setting.schema().get("default");
            Object found = canonical(setting);
            if (stated != null && found != null && !base(setting).contains(setting.name() + ": ")) {
                assertThat(found).as(setting.path()).hasToString(stated.toString());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(70);
    }

    /** What the canonical configuration has for it where it is not given; null if nothing. */
    private static Object canonical(Setting<?> setting) {
        String yaml = base(setting).replace("noisy: {}", "noisy: {noise_multiplier: 1}");
        Object found = CanonicalConfiguration.tree(RunConfiguration.parse(yaml, "base.yaml", List.of()));
        for (String name : path(setting).split("[.]")) {
            if (found instanceof List<?> entries) {
                found = entries.get(Integer.parseInt(name));
            } else {
                found = found instanceof Map<?, ?> map ? map.get(name) : null;
            }
        }
        return found;
    }

    /** A value of a setting, and whether it is one of those that are declared. */
    private record Case(Setting<?> setting, String yaml, boolean allowed) {}

    static List<Case> limits() {
        List<Case> cases = new ArrayList<>();
        for (Setting<?> setting : Settings.all()) {
            Map<?, ?> schema = setting.schema();
            boolean list = schema.get("items") != null;
            int entries = list ? Math.max(1, ((Number) schema.get("minItems")).intValue()) : 0;
            Map<?, ?> limits = list ? (Map<?, ?>) schema.get("items") : schema;
            boolean whole = String.valueOf(limits.get("type")).contains("integer");
            limits.forEach((limit, value) -> {
                switch ((String) limit) {
                    case "minimum", "exclusiveMinimum" -> {
                        boolean included = limit.equals("minimum");
                        cases.add(new Case(setting, entries(value, entries), included));
                        cases.add(new Case(setting, entries(beside(value, whole, !included), entries), !included));
                    }
                    case "maximum", "exclusiveMaximum" -> {
                        boolean included = limit.equals("maximum");
                        cases.add(new Case(setting, entries(value, entries), included));
                        cases.add(new Case(setting, entries(beside(value, whole, included), entries), !included));
                    }
                    case "enum" -> {
                        words(limits).forEach(word -> cases.add(new Case(setting, entries(word, entries), true)));
                        cases.add(new Case(setting, entries("other", entries), false));
                    }
                    case "anyOf" ->
                        ((List<?>) value).forEach(alternative -> words((Map<?, ?>) alternative)
                                .forEach(word -> cases.add(new Case(setting, entries(word, entries), true))));
                    default -> {}
                }
            });
        }
        return cases;
    }

    private static Stream<?> words(Map<?, ?> schema) {
        return schema.get("enum") instanceof List<?> words ? words.stream().filter(Objects::nonNull) : Stream.empty();
    }

    private static String entries(Object value, int entries) {
        return entries == 0
                ? value.toString()
                : Collections.nCopies(entries, value).toString();
    }

    /** The next number above or below. */
    private static Object beside(Object number, boolean whole, boolean above) {
        BigDecimal decimal = new BigDecimal(number.toString());
        if (whole) {
            return above ? decimal.add(BigDecimal.ONE) : decimal.subtract(BigDecimal.ONE);
        }
        double x = decimal.doubleValue();
        return new BigDecimal(above ? Math.nextUp(x) : Math.nextDown(x));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void whatIsStatedIsEnforced(Case each) throws Exception {
        List<String> problems = problems(each.setting(), each.yaml());

        if (each.allowed()) {
            // Other settings may rule a value out, but not by the rule of its own.
            assertThat(problems).noneMatch(problem -> problem.matches(".* must be (a |one of|at |greater|from).*"));
        } else {
            assertThat(problems).anyMatch(problem -> problem.contains("must be "));
        }
        JsonNode schema = JSON.valueToTree(each.setting().schema());
        JsonNode value = JSON.readTree(
                each.yaml().matches("\\[?-?[0-9].*") ? each.yaml() : each.yaml().replaceAll("[a-z0-9-]+", "\"$0\""));
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(value)
                        .isEmpty())
                .as("the schema takes %s", each.yaml())
                .isEqualTo(each.allowed());
    }

    @Test
    void mostSettingsHaveLimits() {
        assertThat(limits().stream().map(Case::setting).distinct()).hasSizeGreaterThan(100);
        assertThat(limits()).hasSizeGreaterThan(400);
    }
}
