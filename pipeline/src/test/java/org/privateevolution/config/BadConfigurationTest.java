package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong configuration is refused with one line that names the key, the value and what to change. */
class BadConfigurationTest {

    /** An id says nothing that samples could be conditioned on. */
    @Test
    void aLabelIsNotMadeUp() {
        assertThatThrownBy(() -> Configurations.minimal(
                        "tabular.columns.1={name: a, type: id}", "labels={column: a, values: [x, y]}"))
                .hasMessageContaining("labels.column: a is not allowed: it is one of tabular.columns; remove it there");
    }

    static Stream<Arguments> wrongDiscoveries() {
        String on = "tabular={discover: {}}";
        return Stream.of(
                wrong(
                        "tabular.discover={}",
                        "tabular.columns: is not allowed with tabular.discover, which finds the columns: remove one of"
                                + " the two; to name the columns to examine, use tabular.discover.columns"),
                wrong("tabular={discover: true}", "tabular.discover: true is not allowed: must be a map of the keys"),
                wrong("tabular={discover: {shares: 1}}", "tabular.discover.shares: is not a key; did you mean"),
                wrong(
                        "tabular={discover: {share: 0}}",
                        "tabular.discover.share: 0 is not allowed: must be greater than 0 and less than 1"),
                wrong("tabular={discover: {share: 1}}", "tabular.discover.share: 1 is not allowed"),
                wrong("tabular={discover: {columns: []}}", "tabular.discover.columns: is empty"),
                wrong(
                        "tabular={discover: {columns: [a, a]}}",
                        "tabular.discover.columns.1: a is not allowed: is a duplicate"),
                wrong(on + "|private_data.format=json", "tabular.discover.columns is missing: required for json"),
                wrong(
                        on + "|labels={column: a, type: integer}",
                        "labels.type: integer is not allowed: it needs labels.values; without them"),
                wrong(on + "|labels={column: a, other: b}", "labels.other: b is not allowed: it needs labels.values"),
                wrong(on + "|labels={column: a, fractions: {b: 1}}", "labels.fractions: a map is not allowed: shares"),
                wrong(
                        "tabular={discover: {columns: [a, b]}}|labels={column: a}",
                        "labels.column: a is not allowed: it is one of tabular.columns; remove it there"),
                wrong(
                        "tabular={discover: {columns: [a, b]}}|privacy.unit=client|private_data.client_column=b",
                        "private_data.client_column: b is not allowed: it is one of tabular.columns"),
                wrong(
                        on + "|images={frame: {size: 8}}",
                        "tabular: images is given, too: a run makes images, texts, rows of a table"),
                wrong(
                        "tabular={discover: {}, constraints: [a <= b]}",
                        "tabular.constraints: is not allowed with tabular.discover: constraints name columns"),
                wrong(
                        on + "|labels={columns: [{name: a, values: [x]}, {name: b}]}",
                        "labels.columns: all need values: tabular.discover finds the labels of a single column only"),
                wrong(
                        "tabular={discover: {columns: [a, b]}}|labels={columns: [{name: a, values: [x]}, {name: c,"
                                + " values: [y]}]}",
                        "labels.columns: a is not allowed: it is one of tabular.columns; remove it there"),
                wrong(
                        "labels={columns: [{name: a, values: [x]}, {name: b, values: [y]}], other: x}",
                        "labels.other: x is not allowed: labels.columns declares the label columns"),
                wrong(on + "|private_data={format: csv}", "private_data.path is missing"),
                wrong("labels={column: a, values: [x, y], other: z}", "labels.other: z is not one of labels.values"),
                wrong("labels={other: z}", "labels.other: z is not allowed: it needs labels.column"));
    }

    /** Several overrides are separated by bars. */
    @ParameterizedTest
    @MethodSource("wrongDiscoveries")
    void aWrongDiscoveryIsRefused(String overrides, String message) {
        assertThatThrownBy(() -> Configurations.minimal(overrides.split("\\|")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void textsBesideDiscoveredColumnsAreRefused() {
        assertThatThrownBy(() -> Configurations.minimal("tabular={discover: {}}", "text={columns: [a]}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tabular.discover: is not allowed beside text");
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                wrong(
                        "tabular.columns=[{name: a, type: id}]",
                        "tabular.columns: all are made up: declare at least one column that is learnt"),
                wrong(
                        "tabular.columns.1={name: a, type: id, pattern: \"C-[0-9\"}",
                        "tabular.columns.1.pattern: 'C-[0-9' is not a pattern of ids: a class that begins with [ has"
                                + " no ]"),
                wrong(
                        "tabular.columns.1={name: a, type: email, pattern: \"[a-z]{4}\"}",
                        "tabular.columns.1.pattern: [a-z]{4} is not allowed: only a column of type id has one"),
                wrong(
                        "tabular.columns.0.pattern=abc",
                        "tabular.columns.0.pattern: abc is not allowed: only a column of type id has one"),
                wrong(
                        "tabular.columns.1={name: a, type: name, nullable: true}",
                        "tabular.columns.1.nullable: true is not allowed: a column of type name is made up, and nothing"
                                + " is learnt for it"),
                wrong(
                        "tabular.columns.1={name: a, type: id, pattern: \"[a-f]\"}",
                        "tabular.columns: column 'a': 7 rows need as many ids, but only 6 have the pattern [a-f]: make"
                                + " the pattern longer, or ask for fewer rows"),
                wrong(
                        "tabular.columns.1={name: country, type: id}",
                        "tabular.columns.1.name: country is a duplicate of column 0"),
                wrong("privacy.epsilon=-1", "privacy.epsilon: -1 is not allowed: must be greater than 0"),
                wrong("privacy.epsilon=0", "privacy.epsilon: 0 is not allowed: must be greater than 0"),
                wrong(
                        "privacy.epsilon=one",
                        "privacy.epsilon: one is not allowed: must be a number; it must be greater than 0"),
                wrong(
                        "privacy.epsilon=.nan",
                        "privacy.epsilon: .nan is not allowed: must be a number; it must be greater than 0"),
                wrong(
                        "privacy.epsilon=NaN",
                        "privacy.epsilon: NaN is not allowed: must be a number; it must be greater than 0"),
                wrong(
                        "privacy.epsilon=.inf",
                        "privacy.epsilon: .inf is not allowed: must be a number; it must be greater than 0"),
                wrong("privacy.epsilon=1e999", "privacy.epsilon: 1e999 is not allowed: must be greater than 0"),
                wrong("privacy.epsilon=[1]", "privacy.epsilon: a list is not allowed: must be a single value"),
                wrong("privacy.epsilon=", "privacy.epsilon is missing: give it, or privacy.noise_multiplier"),
                wrong("privacy.delta=1", "privacy.delta: 1 is not allowed: must be greater than 0 and less than 1"),
                wrong("privacy.delta=0", "privacy.delta: 0 is not allowed: must be greater than 0 and less than 1"),
                wrong("privacy.delta=1e-400", "privacy.delta: 1e-400 is not allowed: must be greater than 0 and less"),
                wrong("privacy.delta=", "privacy.delta is missing: required, number between 0 and 1"),
                wrong(
                        "privacy.noise_multiplier=10",
                        "privacy.noise_multiplier: 10 is not allowed: privacy.epsilon is given too: give exactly one"
                                + " of the two"),
                wrong(
                        "privacy={noise_multiplier: 1e-9, delta: 1e-5}",
                        "privacy.noise_multiplier: 1e-9 is not allowed: must be from 2^-10 to 2^24 (16777216)"),
                wrong("privacy.unit=user", "privacy.unit: user is not allowed: must be one of client, record"),
                wrong(
                        "privacy.unit=client",
                        "private_data.client_column is missing: privacy.unit is client: name the column of the"
                                + " client id"),
                wrong(
                        "private_data.client_column=id",
                        "private_data.client_column: id is not allowed: it has no effect without privacy.unit:"
                                + " client: set"
                                + " that, or remove this"),
                wrong(
                        "privacy.adjacency=remove",
                        "privacy.adjacency: remove is not allowed: must be one of add-remove, replace-one"),
                wrong("privacy.budget.epsilon=3", "privacy.budget.delta is missing: required, number between 0 and 1"),
                wrong(
                        "privacy.budget.delta=1e-5",
                        "privacy.budget.epsilon is missing: required, number, greater than 0"),
                wrong(
                        "privacy=3",
                        "privacy: 3 is not allowed: must be a map of the keys epsilon, noise_multiplier, delta, unit,"
                                + " adjacency, ledger, budget"),
                wrong("privacy.ledger=''", "privacy.ledger: \"\" is not allowed: must not be blank"),
                wrong(
                        "private_data.format=xml",
                        "private_data.format: xml is not allowed: must be one of cifar10, csv, dataframe, delta, idx,"
                                + " image-folder, json, orc, parquet, table"),
                wrong(
                        "private_data.format=",
                        "private_data.format is missing: must be one of cifar10, csv, dataframe,"),
                wrong("private_data.path=", "private_data.path is missing: must be a path or URI"),
                wrong(
                        "private_data.table=a.b",
                        "private_data.table: a.b is not allowed: the format is parquet: give private_data.path"
                                + " instead"),
                wrong(
                        "private_data.name=a",
                        "private_data.name: a is not allowed: it is only for a DataFrame: remove it, or set"
                                + " format: dataframe"),
                wrong("private_data={format: dataframe}", "private_data.name is missing: must be a public name"),
                wrong(
                        "private_data={format: dataframe, name: a, path: b}",
                        "private_data.path: b is not allowed: the format is dataframe: give private_data.name"),
                wrong(
                        "private_data={format: dataframe, name: a, table: b}",
                        "private_data.table: b is not allowed: the format is dataframe: give private_data.name"),
                wrong(
                        "private_data={format: dataframe, name: a, options: {sep: ;}}",
                        "private_data.options: a map is not allowed: the format dataframe"),
                wrong(
                        "private_data={format: dataframe, name: a}",
                        "privacy.ledger is missing: required, path or URI, for the private data is a DataFrame"),
                wrong("private_data.options=x", "private_data.options: x is not allowed: must be a map"),
                wrong(
                        "private_data.partitions=1.5",
                        "private_data.partitions: 1.5 is not allowed: must be a whole number of at least 0"),
                wrong("seed=1e3", "seed: 1e3 is not allowed: must be a whole number of at most 63 bits"),
                wrong("name=' '", "name: \" \" is not allowed: must not be blank"),
                wrong("labels.values=[a]", "labels.values: a list is not allowed: it needs labels.column"),
                wrong("labels.fractions=uniform", "labels.fractions: uniform is not allowed: it needs labels.column"),
                wrong("labels.column=card", "labels.values is missing: declare the labels: they are public"),
                wrong(
                        "labels={column: country, values: [USA]}",
                        "labels.column: country is not allowed: it is one of tabular.columns; remove it there"),
                wrong(
                        "labels={column: card, values: [a, b, a]}",
                        "labels.values.2: a is not allowed: is a duplicate of entry 0"),
                wrong(
                        "labels={column: card, values: [a, null]}",
                        "labels.values.1: null is not allowed: must be a text"),
                wrong("labels={column: card, values: []}", "labels.values: is empty: must have at least one entry"),
                wrong(
                        "labels={column: card, type: integer, values: [1, 01]}",
                        "labels.values: column 'card': category '1' is declared twice"),
                wrong("labels={column: card, type: text, values: [a]}", "labels.type: text is not a column type: name"),
                wrong(
                        "labels={column: card, values: [a, b, c, d, e, f, g, h]}",
                        "evolution.samples: 7 is not allowed: must be at least 8, a sample for each label"),
                wrong(
                        "labels={column: card, values: [a, b], fractions: {a: 0.5, b: 0.49}}",
                        "labels.fractions: the shares sum to 0.99: they must sum to 1"),
                wrong(
                        "labels={column: card, values: [gold, b], fractions: {golf: 0.5, b: 0.5, gold: 0.1}}",
                        "labels.fractions.golf: is not a label; did you mean gold? Labels: gold, b"),
                wrong(
                        "labels={column: card, values: [a, b], fractions: {b: 1}}",
                        "labels.fractions.a is missing: give every label a share"),
                wrong(
                        "labels={column: card, values: [a, b], fractions: {a: -1, b: 2}}",
                        "labels.fractions.a: -1 is not allowed: must be greater than 0 and at most 1"),
                wrong(
                        "labels={column: card, values: [a, b], fractions: equal}",
                        "labels.fractions: equal is not allowed: must be one of uniform"),
                wrong(
                        "labels={column: card, values: [a], fractions: {noisy: {}}}",
                        "labels.fractions.noisy.noise_multiplier is missing: required, number from 2^-10 to 2^24"),
                wrong(
                        "evolution.samples=0",
                        "evolution.samples: 0 is not allowed: must be a whole number of at least 1"),
                wrong("evolution.votes=0", "evolution.votes: 0 is not allowed: must be a whole number from 1 to"),
                wrong("evolution.votes=", "evolution.votes is missing: give evolution.samples and evolution.votes, or"),
                wrong(
                        "evolution={schedule: [100]}",
                        "evolution.schedule: has length 1: must have at least 2 entries, the initial population and"
                                + " one for each vote"),
                wrong(
                        "evolution={schedule: [100, -5]}",
                        "evolution.schedule.1: -5 is not allowed: must be a whole number of at least 1"),
                wrong("evolution={schedule: 100}", "evolution.schedule: 100 is not allowed: must be a list"),
                wrong(
                        "evolution.schedule=[100, 100]",
                        "evolution.samples: 7 is not allowed: evolution.schedule is given, which already states"
                                + " samples and votes"),
                wrong(
                        "evolution.variation_fold=0",
                        "evolution.variation_fold: 0 is not allowed: with keep_selected: false the next population"
                                + " would be empty"),
                wrong(
                        "evolution.keep_selected=yes",
                        "evolution.keep_selected: yes is not allowed: must be one of false"),
                wrong(
                        "evolution.selection=top",
                        "evolution.selection: top is not allowed: must be one of estimate, rank, sample"),
                wrong("evolution.threshold=-1", "evolution.threshold: -1 is not allowed: must be at least 0"),
                wrong("evolution.rules=[]", "evolution.rules: is empty: must have at least one rule"),
                wrong(
                        "evolution.rules=[{votes: 1}, {votes: 1}]",
                        "evolution.rules: cover 2 votes, but there are 3: they must cover each once"),
                wrong(
                        "evolution.rules=[{votes: 3}, {selection: rank}]",
                        "evolution.rules.1.votes is missing: the rules before it already cover all 3 votes"),
                wrong(
                        "evolution.rules=[{selection: rank}, {votes: 3}]",
                        "evolution.rules.0.votes is missing: only the last rule may leave it out"),
                wrong("evolution.rules={votes: 3}", "evolution.rules: a map is not allowed: must be a list"),
                wrong(
                        "evolution={samples: 7, votes: 3, selection: rank, rules: [{votes: 3}]}",
                        "evolution.selection: rank is not allowed: evolution.rules is given: put it into its rules"),
                wrong("vote.neighbors=33", "vote.neighbors: 33 is not allowed: must be a whole number from 1 to 32"),
                wrong("vote.neighbors=0", "vote.neighbors: 0 is not allowed: must be a whole number from 1 to 32"),
                wrong("vote.metric=l1", "vote.metric: l1 is not allowed: must be one of cosine, inner-product, l2"),
                wrong("tabular=", "tabular.columns is missing: declare at least one feature column"),
                wrong("tabular.columns=[]", "tabular.columns is missing: declare at least one feature column"),
                wrong(
                        "tabular.columns.1={name: country, type: boolean}",
                        "tabular.columns.1.name: country is a duplicate of column 0"),
                wrong("tabular.columns.0.name=", "tabular.columns.0.name is missing: required, string"),
                wrong(
                        "tabular.columns.0.type=text",
                        "tabular.columns.0.type: text is not a column type: name a column of free text"),
                wrong(
                        "tabular.columns.0.categories=",
                        "tabular.columns.0.categories is missing: column 'country' is a string: declare its values"),
                wrong(
                        "tabular.columns.0.categories=[a, a]",
                        "tabular.columns.0.categories.1: a is not allowed: is a duplicate of entry 0"),
                wrong(
                        "tabular.columns.0.other=Peru",
                        "tabular.columns.0: column 'country': other is 'Peru', which is not among its categories"),
                wrong(
                        "tabular.columns.0.min=1",
                        "tabular.columns.0.min: 1 is not allowed: a column with categories has no bounds"),
                wrong(
                        "tabular.columns.0={name: age, type: integer, min: 1}",
                        "tabular.columns.0.max is missing: column 'age' is of type integer: declare min and max, which"
                                + " are public, or categories"),
                wrong(
                        "tabular.columns.0={name: age, type: integer, min: 1.5, max: 3}",
                        "tabular.columns.0.min: '1.5' is not of type integer, which takes"),
                wrong(
                        "tabular.columns.0={name: age, type: integer, min: 5, max: 3}",
                        "tabular.columns.0: column 'age': min 5 is greater than max 3"),
                wrong(
                        "tabular.columns.0={name: age, type: double, min: .nan, max: 3}",
                        "tabular.columns.0.min: '.nan' is not of type double, which takes"),
                wrong(
                        "tabular.columns.0={name: born, type: date, min: 1910-02-30, max: 1990-12-31}",
                        "tabular.columns.0.min: '1910-02-30' is not of type date, which takes"),
                wrong(
                        "tabular.columns.0={name: age, type: integer, min: 1, max: 3, other: 1}",
                        "tabular.columns.0.other: 1 is not allowed: it needs categories; for bounds use out_of_range:"
                                + " clamp"),
                wrong(
                        "tabular.columns.0={name: age, type: integer, min: 1, max: 3, out_of_range: drop}",
                        "tabular.columns.0.out_of_range: drop is not allowed: must be one of clamp, error"),
                wrong(
                        "tabular.columns.0={name: age, type: integer, min: 1, max: 99, special: [50, 100]}",
                        "tabular.columns.0: column 'age': special value 100 lies outside of min and max: widen them"),
                wrong(
                        "tabular.columns.0={name: age, type: integer, min: 1, max: 99, special: [many]}",
                        "tabular.columns.0.special: 'many' is not of type integer"),
                wrong(
                        "tabular.columns.0={name: age, type: integer, min: 1, max: 99, decimals: 2}",
                        "tabular.columns.0: column 'age': decimals 2 is not allowed: only float and double have them"),
                wrong(
                        "tabular.columns.0={name: age, type: double, min: 1, max: 99, decimals: 16}",
                        "tabular.columns.0.decimals: 16 is not allowed: must be a whole number from 0 to 15"),
                wrong(
                        "tabular.columns.0={name: color, type: string, categories: [red], decimals: 2}",
                        "tabular.columns.0.decimals: 2 is not allowed: its categories are written as declared"),
                wrong("tabular.mutation.initial=1.01", "tabular.mutation.initial: 1.01 is not allowed: must be from 0"),
                wrong("tabular.mutation.decay=cosine", "tabular.mutation.decay: cosine is not allowed: must be one of"),
                wrong(
                        "tabular.mutation={decay: linear, gamma: 2}",
                        "tabular.mutation.gamma: 2 is not allowed: the decay is linear: remove it, or set decay:"
                                + " polynomial"),
                wrong("tabular.numeric_weight=0", "tabular.numeric_weight: 0 is not allowed: must be greater than 0"),
                wrong("output.path=", "output.path is missing: required, path or URI"),
                wrong("output.formats=[parquet, xml]", "output.formats: parquet, xml is not allowed: must be of"),
                wrong("output.formats=[csv, csv]", "output.formats.1: csv is not allowed: is a duplicate of entry 0"),
                wrong("output.publish=all", "output.publish: all is not allowed: must be one of population, selected"),
                wrong(
                        "privacy.epsilom=2",
                        "privacy.epsilom: is not a key; did you mean privacy.epsilon? Keys in privacy: epsilon,"
                                + " noise_multiplier, delta, unit, adjacency, ledger, budget"),
                wrong("epsilon=2", "epsilon: is not a key; did you mean privacy.epsilon? Keys at the top: name, seed"),
                wrong("evolutoin.votes=2", "evolutoin: is not a key; did you mean evolution?"),
                wrong(
                        "tabular.columns.0.nulable=true",
                        "tabular.columns.0.nulable: is not a key; did you mean tabular.columns.0.nullable?"),
                wrong(
                        "labels={column: card, values: [a], fractions: {noisy: {noise_multiplyer: 3}}}",
                        "labels.fractions.noisy.noise_multiplyer: is not a key; did you mean"
                                + " labels.fractions.noisy.noise_multiplier?"));
    }

    private static Arguments wrong(String override, String message) {
        return Arguments.of(override, message);
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void aWrongValueIsNamedWithWhatToChange(String override, String message) {
        ConfigurationException refusal =
                catchThrowableOfType(ConfigurationException.class, () -> Configurations.minimal(override));

        assertThat(refusal).isNotNull();
        assertThat(refusal.problems()).anyMatch(problem -> problem.startsWith(message));
        assertThat(refusal.problems()).allMatch(problem -> problem.lines().count() == 1);
    }

    @Test
    void theTwinOfEveryWrongValueIsAccepted() {
        assertThat(Configurations.minimal()).isNotNull();
    }

    @Test
    void aProblemNamesItsLine() {
        String yaml = Configurations.MINIMAL.replace("votes: 3", "votes: x").replace("delta: 1e-5", "dleta: 1e-5");

        assertThatThrownBy(() -> RunConfiguration.parse(yaml, "customers.yaml", List.of()))
                .hasMessageContaining("evolution.votes: x is not allowed: must be a whole number from 1 to 100000"
                        + " (customers.yaml line 3)")
                .hasMessageContaining("privacy.dleta: is not a key; did you mean privacy.delta?")
                .hasMessageContaining("budget (customers.yaml line 2)");
    }

    @Test
    void aProblemOfTheCommandLineNamesItsOption() {
        assertThatThrownBy(() -> Configurations.minimal("vote.neighbors=33"))
                .hasMessage("vote.neighbors: 33 is not allowed: must be a whole number from 1 to 32"
                        + " (--set vote.neighbors)");
    }

    /** What is misspelt is not also missing. */
    @ParameterizedTest
    @CsvSource({
        "delta: 1e-5, dleta: 1e-5, 'privacy.dleta: is not a key; did you mean privacy.delta?'",
        "epsilon: 1.0, epsilom: 1.0, 'privacy.epsilom: is not a key; did you mean privacy.epsilon?'",
        "privacy:, pirvacy:, pirvacy: is not a key; did you mean privacy?",
        "path: out, pth: out, output.pth: is not a key; did you mean output.path?"
    })
    void aMisspeltKeyIsOneProblem(String right, String wrong, String problem) {
        String yaml = Configurations.MINIMAL.replace(right, wrong);
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class, () -> RunConfiguration.parse(yaml, "customers.yaml", List.of()));

        assertThat(refusal.problems()).singleElement().asString().startsWith(problem);
    }

    @Test
    void aKeyLikeNoOtherHidesNothingThatIsMissing() {
        String yaml = Configurations.MINIMAL.replace("delta: 1e-5", "xylophone: 1e-5");
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class, () -> RunConfiguration.parse(yaml, "customers.yaml", List.of()));

        assertThat(refusal.problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("privacy.xylophone: is not a key."))
                .anyMatch(problem -> problem.startsWith("privacy.delta is missing"));
    }

    @Test
    void allProblemsAreReportedTogether() {
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class,
                () -> Configurations.minimal(
                        "privacy.epsilon=-1", "privacy.delta=2", "vote.metric=l3", "seeed=1", "output.path="));

        assertThat(refusal.problems())
                .hasSize(5)
                .anyMatch(problem -> problem.startsWith("privacy.epsilon: -1 "))
                .anyMatch(problem -> problem.startsWith("privacy.delta: 2 "))
                .anyMatch(problem -> problem.startsWith("vote.metric: l3 "))
                .anyMatch(problem -> problem.startsWith("seeed: is not a key; did you mean seed?"))
                .anyMatch(problem -> problem.startsWith("output.path is missing"));
    }

    @Test
    void anEmptyFileMissesWhatIsRequired() {
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class, () -> RunConfiguration.parse("", "empty.yaml", List.of()));

        assertThat(refusal.problems())
                .anyMatch(problem -> problem.startsWith("private_data.format is missing"))
                .anyMatch(problem -> problem.startsWith("privacy.delta is missing"))
                .anyMatch(problem -> problem.startsWith("evolution.samples is missing"))
                .anyMatch(problem -> problem.startsWith("tabular.columns is missing"))
                .anyMatch(problem -> problem.startsWith("output.path is missing"));
    }

    static Stream<Arguments> wrongTexts() {
        return Stream.of(
                Arguments.of("a: [1, 2\nb: 3", "bad.yaml line 2: is not YAML: "),
                Arguments.of("seed: 1\nseed: 2", "bad.yaml line 2: the key seed is written twice: remove one"),
                Arguments.of("seed: 1\n---\nseed: 2", "bad.yaml line 3: only one YAML document is allowed"),
                Arguments.of(
                        "seed: &x 1\nname: *x", "bad.yaml line 2: the alias *x is not allowed: write the value out"),
                Arguments.of(
                        "just words",
                        "bad.yaml is not a configuration: a configuration is YAML with keys such as private_data"
                                + " and privacy"));
    }

    @ParameterizedTest
    @MethodSource("wrongTexts")
    void aTextThatIsNoConfigurationIsRefusedOnOneLine(String yaml, String message) {
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class, () -> RunConfiguration.parse(yaml, "bad.yaml", List.of()));

        assertThat(refusal).isNotNull();
        assertThat(refusal.problems().get(0)).startsWith(message);
        assertThat(refusal.problems()).allMatch(problem -> problem.lines().count() == 1);
    }

    static Stream<Arguments> wrongOverrides() {
        return Stream.of(
                Arguments.of("seed", "--set seed: is not key=value: write it as in --set privacy.epsilon=2"),
                Arguments.of("=3", "--set =3: is not key=value: write it as in --set privacy.epsilon=2"),
                Arguments.of(
                        "tabular.columns.2.name=x",
                        "--set tabular.columns.2.name: 2 is not an entry of tabular.columns: use 0 to 0, or 1 to"
                                + " append"),
                Arguments.of(
                        "tabular.columns.first.name=x",
                        "--set tabular.columns.first.name: first is not an entry of tabular.columns: use 0 to 0, or 1"
                                + " to append"),
                Arguments.of("seed=[1", "--set seed: is not YAML: "));
    }

    @ParameterizedTest
    @MethodSource("wrongOverrides")
    void aWrongOverrideIsRefused(String override, String message) {
        assertThatThrownBy(() -> Configurations.minimal(override))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aLongValueIsCutInTheMessage() {
        assertThatThrownBy(() -> Configurations.minimal("vote.metric=" + "x".repeat(1000)))
                .hasMessageContaining("vote.metric: " + "x".repeat(80) + "... is not allowed");
    }

    @Test
    void aClientColumnIsNeitherAFeatureNorTheLabel() {
        assertThatThrownBy(() -> Configurations.minimal("privacy.unit=client", "private_data.client_column=country"))
                .hasMessage("private_data.client_column: country is not allowed: it is one of tabular.columns;"
                        + " remove it there");
        assertThatThrownBy(() -> Configurations.minimal(
                        "privacy.unit=client", "private_data.client_column=card", "labels={column: card, values: [a]}"))
                .hasMessage("private_data.client_column: card is not allowed: it is labels.column;"
                        + " a client id is not a label");
    }

    @Test
    void noMoreProblemsAreToldAtOnceThanAPersonWouldRead() {
        List<String> problems = IntStream.range(0, 30)
                .mapToObj(key -> "key" + key + ": " + "x".repeat(1_000))
                .toList();

        String message = new ConfigurationException(problems).getMessage();

        assertThat(message.lines()).hasSize(25).allMatch(line -> line.length() <= 803);
        assertThat(message)
                .startsWith("key0: ")
                .endsWith("and 6 more problems, which are reported once these are" + " corrected");
    }
}
