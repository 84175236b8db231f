package org.privateevolution.generation.mixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.fixtures.Visits;
import org.privateevolution.generation.text.BuiltInPrompts;
import org.privateevolution.generation.text.PromptTemplate;
import org.privateevolution.generation.text.TextPrompts;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.MixedRecord;
import org.privateevolution.model.MixedSpec;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.Text;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationSink;
import org.privateevolution.store.PayloadJson;

class MixedGeneratorTest {

    private static final MixedRecord PARENT =
            new MixedRecord(new TableRow(new double[] {1, 4, 50}), new Text("quite nice"));

    private static final RunSpec.Labels NO_LABELS =
            Visits.run(Path.of("in"), "http://localhost:1", Path.of("out")).labels();

    private static MixedSpec spec(String... overrides) {
        return (MixedSpec) Visits.run(Path.of("in"), "http://localhost:1", Path.of("out"), overrides)
                .modality();
    }

    private static RowPlan plan(String beside) {
        MixedSpec mixed = spec("text.beside=" + beside);
        return new RowPlan(mixed.tabular(), mixed.beside(), Constraints.NONE);
    }

    /** Writes texts that name their request, and records all requests. */
    private static final class Texts implements GenerationApi {
        private final List<GenerationRequest> asked = new ArrayList<>();

        @Override
        public boolean replayable() {
            return false;
        }

        @Override
        public void generate(List<? extends GenerationRequest> requests, GenerationSink sink) {
            asked.addAll(requests);
            requests.forEach(request -> sink.accept(request, new Text("text of " + request.id())));
        }

        @Override
        public void close() {}
    }

    private static final class Made implements GenerationSink {
        private final Map<String, MixedRecord> records = new LinkedHashMap<>();

        @Override
        public void accept(GenerationRequest request, Payload payload) {
            records.put(request.id(), (MixedRecord) payload);
        }

        @Override
        public void reject(GenerationRequest request, String reason) {
            throw new AssertionError(reason);
        }
    }

    private static List<GenerationRequest> variations(int number) {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            requests.add(
                    new GenerationRequest.Variation("v" + i, new Sample("p", 0, PARENT, ""), 2, new Seed(3).derive(i)));
        }
        return requests;
    }

    private static Map<String, MixedRecord> made(RowPlan plan, Texts texts, List<GenerationRequest> requests) {
        Made made = new Made();
        new MixedGenerator(plan, texts).generate(requests, made);
        return made.records;
    }

    @Test
    void variationsChangeTheTextTheColumnsOrBothInTheirShares() {
        Texts texts = new Texts();
        Map<String, MixedRecord> records = made(plan("{text_only: 0.5, columns_only: 0.2}"), texts, variations(2000));

        long textOnly = records.values().stream()
                .filter(record -> record.columns().equals(PARENT.columns())
                        && !record.content().equals(PARENT.content()))
                .count();
        long columnsOnly = records.values().stream()
                .filter(record -> record.content().equals(PARENT.content()))
                .count();
        // Standard deviations of 22 and 18.
        assertThat(textOnly).isBetween(880L, 1120L);
        assertThat(columnsOnly).isBetween(310L, 490L);
        assertThat(records.values()).hasSize(2000).noneMatch(PARENT::equals);
        assertThat(texts.asked).hasSize((int) (2000 - columnsOnly));
    }

    @Test
    void columnsFollowFromTheRequestAlone() {
        List<GenerationRequest> requests = new ArrayList<>(variations(50));
        requests.add(new GenerationRequest.Random("r", 0, new Seed(8)));

        Map<String, MixedRecord> first = made(plan("{}"), new Texts(), requests);
        Map<String, MixedRecord> again = made(plan("{}"), new Texts(), List.of(requests.get(50), requests.get(7)));

        assertThat(again).containsEntry("r", first.get("r")).containsEntry("v7", first.get("v7"));
    }

    @Test
    void theColumnsOfLaterRequestsComeFromTheSamplerInUse() {
        TableRow always = new TableRow(new double[] {0, 0, 1});
        RowPlan plan = plan("{text_only: 0, columns_only: 0}");
        plan.drawFrom(new org.privateevolution.table.RowSampler() {
            @Override
            public TableRow random(int label, java.util.random.RandomGenerator random) {
                return always;
            }

            @Override
            public TableRow varied(int label, TableRow row, double degree, java.util.random.RandomGenerator random) {
                return always;
            }
        });

        assertThat(made(plan, new Texts(), variations(3)).values())
                .extracting(MixedRecord::columns)
                .containsOnly(always);
    }

    private static TextPrompts prompts(RowPlan plan, String random) {
        MixedSpec mixed = spec();
        return new TextPrompts(
                PromptTemplate.parse(random, "random.json"),
                PromptTemplate.parse(BuiltInPrompts.VARIATION.json(), "variation.json"),
                List.of(Map.of()),
                new ColumnVariables(NO_LABELS, mixed.tabular().schema(), "note", plan, ""),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    @Test
    void thePromptOfARequestNamesTheColumnsThatItsRecordGets() {
        RowPlan plan = plan("{text_only: 0}");
        ColumnVariables variables =
                new ColumnVariables(NO_LABELS, spec().tabular().schema(), "note", plan, "");
        for (GenerationRequest request : variations(40)) {
            TableRow row = plan.row(request);
            Map<String, String> said = variables.of(request);
            boolean unknown = Double.isNaN(row.code(0));
            assertThat(said)
                    .containsEntry(
                            "city",
                            unknown ? "no value" : List.of("Oslo", "Lima").get((int) row.code(0)))
                    .containsEntry("stars", String.valueOf((int) row.code(1) + 1))
                    .containsEntry("text_column", "note");
            assertThat(said.get("columns"))
                    .contains("stars: " + said.get("stars"), "price: " + said.get("price"))
                    .doesNotContain("no value");
        }
    }

    @Test
    void variablesSayHowHighTheRatingIs() {
        RowPlan plan = plan("{text_only: 1, columns_only: 0}");
        ColumnVariables rated = new ColumnVariables(NO_LABELS, spec().tabular().schema(), "note", plan, "");
        ColumnVariables unrated = new ColumnVariables(
                NO_LABELS,
                spec("tabular.columns=[{name: city, type: boolean}]").tabular().schema(),
                "note",
                plan,
                "");

        // The parent has 5 stars of 1 to 5.
        assertThat(rated.of(variations(1).get(0))).containsEntry("rating_level", "highest");
        assertThat(rated.examples())
                .extracting(example -> example.get("rating_level"))
                .contains("lowest", "low", "middle", "high", "highest")
                .doesNotContain("none");
        assertThat(unrated.examples())
                .extracting(example -> example.get("rating_level"))
                .containsOnly("none");
    }

    @Test
    void aRatingIsAColumnOfNumbersWhoseNameSaysSo() {
        ColumnType text = ColumnType.of(ColumnType.Kind.STRING);
        CategoricalColumn grades = new CategoricalColumn("overallRating", text, List.of("10", "1", "4.5"), false, null);
        CategoricalColumn words = new CategoricalColumn("stars", text, List.of("1", "many"), false, null);
        NumericColumn starts = new NumericColumn("starts", ColumnType.of(ColumnType.Kind.INTEGER), 0, 5, false, false);

        assertThat(Rating.among(Stream.of(words, starts))).isEmpty();
        Rating rating = Rating.among(Stream.of(words, starts, grades)).orElseThrow();
        assertThat(Rating.among(Stream.of(words, starts, grades), "none")).isEmpty();
        assertThat(Rating.among(Stream.of(words, starts, grades), "starts")).contains(new Rating("starts", 0, 5));
        assertThat(rating).isEqualTo(new Rating("overallRating", 1, 10));
        assertThat(Stream.of("1", "4.5", "10", "no value").map(rating::level))
                .containsExactly(Optional.of("lowest"), Optional.of("low"), Optional.of("highest"), Optional.empty());
    }

    @Test
    void aPromptThatNamesNoColumnIsRefused() {
        assertThatThrownBy(() -> prompts(
                        plan("{}"), "{\"message_template\": [{\"role\": \"user\", \"content\": \"Write a note.\"}]}"))
                .hasMessageContaining("random.json uses none of [city, columns, price, stars]");
    }

    @Test
    void aPromptThatLacksAValueForACategoryIsRefusedBeforeAnythingIsAsked() {
        assertThatThrownBy(
                        () -> prompts(
                                plan("{}"),
                                """
                        {"message_template": [{"role": "user", "content": "Write {mood}."}],
                         "replacement_rules": [
                            {"constraints": {"stars": "1"}, "replacements": {"mood": "angrily"}}]}"""))
                .hasMessageContaining("{mood}");
    }

    @Test
    void aColumnThatIsCalledAsAVariableOfEveryRunDoesNotTakeItsPlace() {
        MixedSpec mixed = spec("tabular.columns=[{name: sample, type: boolean}, {name: stars, type: boolean}]");
        ColumnVariables variables = new ColumnVariables(
                NO_LABELS,
                mixed.tabular().schema(),
                "note",
                new RowPlan(mixed.tabular(), mixed.beside(), Constraints.NONE),
                "");

        assertThat(variables.required()).containsExactlyInAnyOrder("columns", "stars");
        assertThat(variables.examples())
                .allSatisfy(example -> assertThat(example).containsKeys("stars").doesNotContainKey("sample"));
    }

    @Test
    void aRecordIsStoredWithBothParts() {
        MixedRecord record = new MixedRecord(new TableRow(new double[] {TableRow.NULL, 2, 1.5}), new Text("\"a\nb"));

        assertThat(PayloadJson.parse(PayloadJson.of(record))).isEqualTo(record);
        assertThat(PayloadJson.parse(PayloadJson.of(new Text("alone")))).isEqualTo(new Text("alone"));
        assertThat(PARENT.toString()).doesNotContain("nice");
    }
}
