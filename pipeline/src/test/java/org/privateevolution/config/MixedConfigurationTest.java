package org.privateevolution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.MixedSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;

class MixedConfigurationTest {

    /** The smallest valid configuration. */
    private static final String MINIMAL =
            """
            private_data: {format: parquet, path: in/visits}
            privacy: {epsilon: 1, delta: 1e-5}
            evolution: {samples: 7, votes: 3}
            tabular:
              columns:
                - {name: stars, type: integer, categories: [1, 2, 3]}
            text:
              columns: [note]
              chat: {endpoints: [{url: "http://localhost:8000/v1", model: m}]}
            output: {path: out/visits}
            """;

    private static RunSpec parse(String... overrides) {
        return RunConfiguration.parse(MINIMAL, "visits.yaml", List.of(overrides));
    }

    @Test
    void aMinimalConfigurationGetsItsDefaults() {
        RunSpec spec = parse();

        MixedSpec mixed = (MixedSpec) spec.modality();
        assertThat(mixed.beside()).isEqualTo(new TextSpec.Beside(0.7, 0.5, 0, ""));
        assertThat(spec.tabular().schema().columns()).hasSize(1);
        assertThat(((TextSpec.Prompted) mixed.text().generator())
                        .prompts()
                        .random()
                        .builtIn())
                .isTrue();
        assertThat(spec.evolution().estimates()).isTrue();
        assertThat(spec.buysMarginals()).isTrue();
        assertThat(spec.estimatesTable()).isFalse();
        assertThat(spec.output().formats()).containsExactly("parquet", "csv");
    }

    @Test
    void theColumnOfRatingsCanBeStated() {
        assertThat(((MixedSpec) parse("text.beside.rating=stars").modality())
                        .beside()
                        .rating())
                .isEqualTo("stars");
        assertThat(((MixedSpec) parse("text.beside.rating=none").modality())
                        .beside()
                        .rating())
                .isEqualTo("none");
        assertThatThrownBy(() -> parse("text.beside.rating=star"))
                .hasMessageContaining("text.beside.rating: star is no column of numbers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed=1",
                "text.beside={share: 0.3, text_only: 0.25, columns_only: 0.5}",
                "evolution.selection=rank",
                "evolution.lookahead=2",
                "labels={column: city, values: [Oslo, Lima]}",
                "text.prompts={random: r.json, variation: v.json}",
                "output.weights=true",
                "tabular.mutation={initial: 0.3}",
                "private_data.client_column=guest,privacy.unit=client"
            })
    void theCanonicalFormReadsBackToTheSameRun(String overrides) {
        RunSpec spec = parse(overrides.contains("{") ? new String[] {overrides} : overrides.split(","));

        String json = CanonicalConfiguration.json(spec);

        RunSpec again = RunConfiguration.parse(json, "visits.json", List.of());
        assertThat(again).isEqualTo(spec);
        assertThat(CanonicalConfiguration.json(again)).isEqualTo(json);
        assertThat(RunConfiguration.parse(CanonicalConfiguration.yaml(spec), "visits.yaml", List.of()))
                .isEqualTo(spec);
    }

    @Test
    void anotherShareIsAnotherRun() {
        assertThat(Fingerprint.of(parse("text.beside.share=0.4")).identity())
                .isNotEqualTo(Fingerprint.of(parse()).identity());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text.columns=[title, note] | text.columns: title, note are 2 texts",
                "text.columns=[stars] | text.columns: stars is one of tabular.columns, too",
                "text.columns=[Stars] | text.columns: Stars is one of tabular.columns, too",
                "text.corpus={format: json, path: x} | text.corpus: is not allowed beside tabular",
                "text.generation={given: mine} | it is not allowed beside tabular",
                "tabular.generation={given: mine} | it is not allowed beside text",
                "text.embedding.column=vector | beside tabular the texts are embedded with their columns",
                "text.beside.share=0 | text.beside.share: 0 is not allowed",
                "text.beside.share=1 | text.beside.share: 1 is not allowed",
                "text.beside={text_only: 0.7, columns_only: 0.4} | sum to 1 at most",
                "text.chat=null | without a model, take the section text out, and the columns are made alone",
                "labels={column: note, values: [a, b]} | labels.column: note is not allowed",
                "labels={column: stars, values: [a, b]} | labels.column: stars is not allowed",
                "'labels={column: city, values: [a, b], fractions: {a: 0.5, b: 0.5}}' | the shares follow from the marginals",
                "images={column: photo} | keep one of these sections, or tabular and text",
                "output.formats=[png] | output.formats",
                "tabular.columns.1={name: review, type: text} | text.columns",
                "evolution=null | evolution.samples",
            })
    void whatIsWrongIsSaidWithItsKey(String override, String message) {
        assertThatThrownBy(() -> parse(override))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void aTextAloneHasNothingToStandBeside() {
        assertThatThrownBy(() -> parse(
                        "tabular=null", "text.beside.share=0.4", "text.prompts={random: r.json, variation: v.json}"))
                .hasMessageContaining("text.beside.share")
                .hasMessageContaining("give tabular, too");
        assertThatThrownBy(() -> parse("tabular=null")).hasMessageContaining("text.prompts.random");
    }

    @Test
    void aColumnOfWeightsIsNotPublishedTwice() {
        assertThatThrownBy(() -> parse("output.weights=true", "tabular.columns.0.name=weight"))
                .hasMessageContaining("output.weights");
    }
}
