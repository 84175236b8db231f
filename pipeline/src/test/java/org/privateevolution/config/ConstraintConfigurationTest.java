package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.model.Constraint;
import org.privateevolution.model.RunSpec;

class ConstraintConfigurationTest {

    private static final String YAML =
            """
            private_data: {format: csv, path: in.csv}
            labels: {column: plan, values: [basic, plus]}
            privacy: {epsilon: 1, delta: 1e-6}
            tabular:
              columns:
                - {name: low, type: integer, min: 0, max: 9}
                - {name: high, type: integer, min: 0, max: 9, nullable: true}
                - {name: city, type: string, categories: [Oslo, Wien, NO]}
                - {name: country, type: string, categories: [NO, AT], nullable: true}
            output: {path: out, rows: 50}
            """;

    private static RunSpec with(String constraints, String... more) {
        return RunConfiguration.parse(
                YAML,
                "run.yaml",
                Stream.concat(Stream.of("tabular.constraints=" + constraints), Stream.of(more))
                        .toList());
    }

    @Test
    void everyFormIsReadAndWrittenBack() {
        RunSpec spec = with("[low  <= high, 'UNIQUE (low, high, city)', city DETERMINES country: {Oslo: NO, Wien: AT,"
                + " NO: null}, \"plan = 'plus' OR low > 1\"]");

        assertThat(spec.constraints())
                .containsExactly(
                        new Constraint("low <= high"),
                        new Constraint("UNIQUE (low, high, city)"),
                        new Constraint("city DETERMINES country", Map.of("Oslo", "NO", "Wien", "AT", "NO", "null")),
                        new Constraint("plan = 'plus' OR low > 1"));
        String canonical = CanonicalConfiguration.yaml(spec);
        assertThat(RunConfiguration.parse(canonical, "canonical.yaml", List.of()))
                .isEqualTo(spec);
    }

    @Test
    void constraintsArePartOfTheIdentityAndNoneLeaveItAsItWas() {
        RunSpec without = RunConfiguration.parse(YAML, "run.yaml", List.of());

        assertThat(Fingerprint.of(with("[]"))).isEqualTo(Fingerprint.of(without));
        assertThat(Fingerprint.of(with("[low < high]")).identity())
                .isNotEqualTo(Fingerprint.of(without).identity());
        assertThat(CanonicalConfiguration.yaml(without)).doesNotContain("constraints");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "low < high | tabular.constraints: low < high is not allowed: must be a list",
                "[[low]] | tabular.constraints.0: a list is not allowed",
                "[' '] | must be a condition, UNIQUE (columns) or columns DETERMINES column",
                "[{a: {b: c}, d: {e: f}}] | tabular.constraints.0: a map is not allowed: must be a constraint, or one",
                "[city DETERMINES country: NO] | tabular.constraints.0.city DETERMINES country: must be a map of values",
                "[city DETERMINES country: {Oslo: [NO]}] | city DETERMINES country.Oslo",
                "[low < high, hihg > 2] | tabular.constraints.1: `hihg > 2`: no column hihg",
                "[low > 5, low < 3] | tabular.constraints.1: `low < 3` contradicts `low > 5`",
                "[UNIQUE (low)] | tabular.constraints.0: `UNIQUE (low)`: 50 rows need as many different values of low",
                "[city DETERMINES country: {Oslo: NO}] | no value is given for Wien, NO of column city: add it",
            })
    void refuses(String constraints, String message) {
        assertThatThrownBy(() -> with(constraints))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }
}
