package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.SetColumn;

/** Several label columns, sets, and numbers with more digits than are kept. */
class SeveralLabelsTest {

    private static final String YAML =
            """
            private_data: {format: parquet, path: in}
            labels:
              columns:
                - {name: segment, values: [gold, silver]}
                - {name: left, type: boolean, values: [true, false]}
            privacy: {epsilon: 4, delta: 1e-5}
            evolution: {samples: 20, votes: 2}
            tabular:
              columns:
                - {name: age, type: integer, min: 0, max: 99}
                - {name: tags, type: array<string>, categories: [red, green, blue], usual_members: 2, nullable: true}
            output: {path: out}
            """;

    private static RunSpec parse(String... overrides) {
        return RunConfiguration.parse(YAML, "run.yaml", List.of(overrides));
    }

    @Test
    void labelsAreTheCombinationsOfTheColumns() {
        RunSpec spec = parse();

        assertThat(spec.labels().column()).isEqualTo("segment, left");
        assertThat(spec.labels().names()).containsExactly("gold, true", "gold, false", "silver, true", "silver, false");
    }

    @Test
    void combinationsMayBeListedOrLeftOut() {
        RunSpec left = parse("labels.impossible=[{segment: gold, left: true}]");
        RunSpec listed = parse("labels.combinations=[{segment: silver}, {segment: gold, left: false}]");

        assertThat(left.labels().names()).containsExactly("gold, false", "silver, true", "silver, false");
        assertThat(listed).isEqualTo(left);
        assertThat(Fingerprint.of(listed)).isEqualTo(Fingerprint.of(left));
    }

    @Test
    void sharesAreGivenByCombination() {
        RunSpec spec = parse(
                "evolution={samples: 20, votes: 2, selection: rank}",
                "labels.fractions={'gold, true': 0.1, 'gold, false': 0.2, 'silver, true': 0.3, 'silver, false': 0.4}");

        assertThat(spec.labels().fractions()).isEqualTo(new RunSpec.Fractions.Declared(List.of(0.1, 0.2, 0.3, 0.4)));
    }

    @Test
    void canonicalConfigurationsReadBack() {
        for (RunSpec spec : List.of(parse(), parse("labels.impossible=[{segment: gold, left: true}]"))) {
            assertThat(RunConfiguration.parse(CanonicalConfiguration.yaml(spec), "canonical.yaml", List.of()))
                    .isEqualTo(spec);
        }
    }

    @Test
    void setsAreDeclaredColumns() {
        assertThat(parse().tabular().declared().get(1))
                .isEqualTo(new SetColumn("tags", List.of("red", "green", "blue"), true, null, 2));
        assertThat(parse().tabular().schema().size()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    labels.column=age | labels.column: age is not allowed: labels.columns declares the label columns
                    labels.columns.0.name=age | labels.columns: age is not allowed: it is one of tabular.columns
                    labels.columns.0.name=left | labels.columns: column 'left' is declared twice
                    labels.columns=[{name: a, values: [x]}] | labels.columns: has 1 entry
                    labels.columns=[] | labels.columns: has 0 entries
                    labels.columns.0.values=[] | labels.columns.0.values: is empty
                    labels.columns.1.values=[maybe] | 'maybe' is not of type boolean
                    labels.impossible=[{segment: bronze}] | bronze is not a value of segment; did you mean
                    labels.impossible=[{segmnt: gold}] | segmnt is not a label column; did you mean segment?
                    labels.impossible=[{}] | no combination of labels is left
                    labels.impossible=[gold] | must be a map
                    labels.combinations=[] | labels.combinations: is empty
                    labels.fractions={gold: 1} | is not a label; did you mean gold, true?
                    private_data.client_column=left | client_column: left is not allowed: it is one of labels.columns
                    tabular.columns.1.categories=null | column 'tags' holds sets: declare the members
                    tabular.columns.1.categories=[a, a] | is a duplicate of entry 0
                    tabular.columns.1.min=1 | a set has categories, and no bounds
                    tabular.columns.1.usual_members=4 | usual_members is 4: must be from 1 to its 3 categories
                    tabular.columns.1.usual_members=0 | usual_members: 0 is not allowed
                    tabular.columns.1.other=black | other is 'black', which is not among its categories
                    tabular.columns.1.type=array<int> | only sets of strings can be learnt: write array<string>
                    tabular.columns.1.type=array | only sets of strings can be learnt
                    tabular.columns.0.usual_members=2 | only a column of type array<string> has members
                    tabular.columns.0.name=tags=red | 'tags=red' is declared twice
                    """)
    void wrongDeclarationsAreNamed(String override, String problem) {
        assertThatThrownBy(() -> parse(override))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void bothListsOfCombinationsAreRefused() {
        assertThatThrownBy(
                        () -> parse("labels.impossible=[{segment: gold}]", "labels.combinations=[{segment: silver}]"))
                .hasMessageContaining("labels.combinations lists the combinations that can occur");
    }

    @Test
    void combinationsNeedSeveralColumns() {
        assertThatThrownBy(() -> parse("labels={column: a, values: [x], impossible: [{a: x}]}"))
                .hasMessageContaining("labels.impossible: a list is not allowed: it needs labels.columns");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    decimal(38,2) | 12345678901234567890.12 | has more digits than are kept of decimal(38,2)
                    decimal(9,2) | 99.999 | has more digits than are kept of decimal(9,2)
                    long | 9007199254740993 | declare 9007199254740992 or another
                    """)
    void boundsAreKeptToTheLastDigitOrRefused(String type, String max, String problem) {
        assertThatThrownBy(() -> parse("tabular.columns.0={name: x, type: \"" + type + "\", min: 0, max: " + max + "}"))
                .hasMessageContaining("tabular.columns.0.max")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    decimal(38,2) | 999999999999999999999999999999999999.99
                    decimal(38,18) | 0.125000000000000000
                    long | 9223372036854775807
                    decimal(20,0) | 9007199254740992
                    """)
    void boundsThatAreKeptAreRead(String type, String max) {
        RunSpec spec = parse("tabular.columns.0={name: x, type: \"" + type + "\", min: 0, max: " + max + "}");

        assertThat(CanonicalConfiguration.yaml(spec)).contains("max: \"" + max);
    }
}
