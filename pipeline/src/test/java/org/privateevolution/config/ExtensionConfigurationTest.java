package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;

/** Extensions in a configuration: the ones of package {@code org.privateevolution.extension}. */
class ExtensionConfigurationTest {

    private static final String TEXTS =
            """
            private_data: {format: parquet, path: in/mails}
            privacy: {epsilon: 1.0, delta: 1e-5}
            evolution: {samples: 7, votes: 3}
            evaluation: {private_metrics: true, metrics: [{name: size}, {name: share, options: {fails: false}}]}
            text:
              columns: [body]
              embedding: {extension: {name: letters, options: {alphabet: etaoin}}, column: vectors}
              generation: {name: salad, options: {words: [yes, 1e3], length: 12}}
            output: {path: out/mails}
            """;

    private static RunSpec texts(String... overrides) {
        return RunConfiguration.parse(TEXTS, "mails.yaml", List.of(overrides));
    }

    @Test
    void theyAreReadWithTheVersionThatTheyState() {
        RunSpec spec = texts();

        TextSpec text = (TextSpec) spec.modality();
        assertThat(text.generator())
                .isEqualTo(new ForeignGenerator.Named(
                        new ExtensionSpec("salad", "1.0", Map.of("words", List.of("yes", "1e3"), "length", "12"))));
        assertThat(text.embedding().extension())
                .contains(new ExtensionSpec("letters", "1.0", Map.of("alphabet", "etaoin")));
        assertThat(text.embedding().column()).contains("vectors");
        assertThat(spec.evaluation().metrics()).extracting(ExtensionSpec::name).containsExactly("size", "share");
        assertThat(RunConfiguration.parse(CanonicalConfiguration.yaml(spec), "canonical.yaml", List.of()))
                .isEqualTo(spec);
        assertThat(CanonicalConfiguration.yaml(spec)).contains("version: \"1.0\"");
    }

    @Test
    void imagesTablesAndSourceFormatsHaveTheirs() {
        RunSpec images = RunConfiguration.parse(
                """
                private_data: {format: piped-lines, path: in/x, options: {columns: image}, format_version: 2}
                privacy: {epsilon: 1.0, delta: 1e-5, ledger: ledgers/x}
                evolution: {samples: 7, votes: 3}
                images: {generation: {name: dice}, embedding: {width: 3, height: 4, extension: {name: mean-color}}}
                output: {path: out/images}
                """,
                "images.yaml",
                List.of());
        RunSpec table = Configurations.minimal("evolution.selection=rank", "tabular.generation={given: my function}");

        assertThat(images.privateData().formatVersion()).isEqualTo("2");
        assertThat(table.tabular().generator()).contains(new ForeignGenerator.Given("my function"));
        for (RunSpec spec : List.of(images, table)) {
            assertThat(RunConfiguration.parse(CanonicalConfiguration.yaml(spec), "canonical.yaml", List.of()))
                    .isEqualTo(spec);
        }
    }

    @Test
    void aRunIsKnownByNameVersionAndOptionsButNotByItsMetrics() {
        String identity = Fingerprint.of(texts()).identity();

        assertThat(Fingerprint.of(texts("text.generation.options.length=13")).identity())
                .isNotEqualTo(identity);
        assertThat(Fingerprint.of(texts("text.embedding.extension.options.alphabet=etaoi"))
                        .identity())
                .isNotEqualTo(identity);
        assertThat(Fingerprint.of(texts("text.generation={given: salad}")).identity())
                .isNotEqualTo(identity);
        String json = CanonicalConfiguration.json(texts());
        String raised = json.replace("\"version\":\"1.0\"", "\"version\":\"1.1\"");
        assertThat(Fingerprint.essence(raised)).isNotEqualTo(Fingerprint.essence(json));
        assertThat(Fingerprint.of(texts("evaluation.metrics=")).identity()).isEqualTo(identity);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            text.generation.name=salat             | text.generation.name: salat is not an extension on the class path: there are dice, salad; an extension comes in a jar
            text.generation.name=dice              | text.generation.name: dice makes no texts
            text.generation.name=                  | text.generation.name is missing: name the extension
            text.generation.option={a: b}          | text.generation.option: is not a key; did you mean text.generation.options? Keys in text.generation: given, name, options, version
            text.generation.version=2              | text.generation.version: 2 is not the version of salad on the class path, which is 1.0
            text.generation.given=f                | text.generation: give either given or name, with its options
            text.generation.options.length=0       | text.generation.options.length: 0 is not allowed: must be a whole number from 1 to 100
            text.generation.options.length=[1]     | text.generation.options.length: is a list: must be a single value
            text.generation.options.words=[]       | text.generation.options.words: is empty: must have at least one entry
            text.generation.options.lenght=3       | text.generation.options.lenght: is not an option of salad; did you mean length? Its options: words, length, mistake
            text.generation.options.words={a: b}   | text.generation.options.words: a map is not allowed: must be a single value, or a list of them
            text.generation.options.api_key=x      | text.generation.options.api_key: is not allowed: its name marks it as a secret, and options are published
            text.generation.options.apiToken=x     | text.generation.options.apiToken: is not allowed: its name marks it as a secret, and options are published
            text.generation.options.max_tokens=3   | text.generation.options.max_tokens: is not an option of salad
            text.generation.options.mistake=https://me:hunter@h/v1 | text.generation.options.mistake: is not allowed: it contains a password, and options are published
            text.generation.options.words=[a, password=hunter] | text.generation.options.words: is not allowed: it contains a password, and options are published
            text.prompts={random: r}               | text.prompts: is not allowed with text.generation, which makes the texts by options of its own: remove it
            text.sampling={temprature: 1}          | text.sampling: is not allowed with text.generation
            text.blanking={probabilities: [0.5]}   | text.blanking: is not allowed with text.generation
            text.length={std: 1}                   | text.length: is not allowed with text.generation
            text.answers={min_words: 3}            | text.answers: is not allowed with text.generation
            text.rejections={attempts: 5}          | text.rejections: is not allowed with text.generation
            text.chat={endpoints: []}              | text: give exactly one of chat (endpoints), llama (a model in this process) and corpus (public texts), or generation (an extension), not chat and generation
            text.embedding.pooling=cls             | text.embedding.pooling: cls is not allowed: it has no effect with text.embedding.extension: remove it
            text.embedding.model=m                 | text.embedding.model: m is not allowed: it has no effect with text.embedding.extension: remove it
            text.embedding.tokenizer=t             | text.embedding.tokenizer: t is not allowed: it has no effect with text.embedding.extension: remove it
            text.embedding.output=o                | text.embedding.output: o is not allowed: it has no effect with text.embedding.extension: remove it
            text.embedding.model_sha256=0000000000000000000000000000000000000000000000000000000000000000 | text.embedding.model_sha256: 0000000000000000000000000000000000000000000000000000000000000000 is not allowed: it has no effect
            text.embedding.tokenizer_sha256=0000000000000000000000000000000000000000000000000000000000000000 | text.embedding.tokenizer_sha256: 0000000000000000000000000000000000000000000000000000000000000000 is not allowed: it has no effect
            evaluation.private_metrics=false       | evaluation.metrics.1.name: share is not allowed: it compares with the private data, outside the guarantee
            evaluation.metrics.1.name=size         | evaluation.metrics.1: size is listed twice
            evaluation.metrics.0.name=sizes        | evaluation.metrics.0.name: sizes is not an extension on the class path: there are size
            private_data.format=lines              | private_data.format: lines is not allowed: must be one of cifar10, csv, dataframe, delta, idx, image-folder, json, orc, parquet, table, or an extension, of which there are piped-lines on the class path
            private_data.format=piped-lines        | private_data.options.columns: is missing
            private_data={format: piped-lines, path: in/x, options: {columns: a, api_key: hunter}} | private_data.options.api_key: is not allowed: its name marks it as a secret, and options are published
            private_data={format: piped-lines, path: in/x, options: {columns: a, separator: 'jdbc:x?password=hunter'}} | private_data.options.separator: is not allowed: it contains a password, and options are published
            private_data={format: piped-lines, path: 'jdbc:postgresql://h/db?user=u&password=hunter', options: {columns: a}} | private_data.path: it contains a password
            private_data={format: piped-lines, path: customers, options: {columns: a}} | privacy.ledger is missing: required, path or URI, for the private data is of the format piped-lines, an extension, whose location need not be a path
            private_data.format_version=1          | private_data.format_version: 1 is not allowed: it is only for the format of an extension
            """)
    void whatIsWrongIsToldUnderItsKey(String override, String problem) {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, () -> texts(override));

        assertThat(refused.problems()).hasSize(1);
        assertThat(refused.problems().get(0)).startsWith(problem).doesNotContain("hunter");
    }

    @Test
    void optionsOfASourceFormatAreWhatARunIsKnownByWhateverTheirNames() {
        RunSpec one = lines("a");

        assertThat(CanonicalConfiguration.yaml(one)).contains("token_column: \"a\"");
        assertThat(Fingerprint.of(lines("b")).identity())
                .isNotEqualTo(Fingerprint.of(one).identity());
    }

    private static RunSpec lines(String tokenColumn) {
        return texts(
                "private_data={format: piped-lines, path: in/x, options: {columns: a, token_column: " + tokenColumn
                        + "}}",
                "privacy.ledger=ledgers/x");
    }

    /** The class path is searched for those alone who name a metric. */
    @Test
    void whoNamesNoMetricIsNotInTheWayOfAClassPath() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new ClassLoader(before) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                if (name.startsWith("META-INF/services/org.privateevolution")) {
                    throw new IllegalStateException("cannot be searched");
                }
                return super.getResources(name);
            }
        });
        try {
            assertThat(Configurations.minimal("evaluation={metrics: []}")
                            .evaluation()
                            .metrics())
                    .isEmpty();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void rowsOfAnExtensionAreNotMutated() {
        String[] generated = {"evolution.selection=rank", "tabular.generation={name: dice}"};
        assertThat(Configurations.minimal(generated).tabular().generator()).isPresent();

        for (String mutation : List.of("{initial: 0.3}", "{decay: linear}", "{iterations: 3}")) {
            assertThat(catchThrowableOfType(
                                    ConfigurationException.class,
                                    () -> Configurations.minimal(
                                            generated[0], generated[1], "tabular.mutation=" + mutation))
                            .problems())
                    .containsExactly("tabular.mutation: is not allowed with tabular.generation, which makes the rows:"
                            + " remove it");
        }
    }

    @Test
    void anEstimateOfATableDrawsItsRowsItself() {
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class,
                () -> Configurations.minimal("evolution={selection: estimate}", "tabular.generation={name: dice}"));

        assertThat(refused.problems())
                .containsExactly(
                        "tabular.generation: is not allowed with evolution.selection: estimate, which draws rows"
                                + " from the estimate; remove it, or set evolution.selection: rank");
    }
}
