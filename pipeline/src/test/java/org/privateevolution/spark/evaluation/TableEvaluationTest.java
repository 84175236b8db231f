package org.privateevolution.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.evaluation.outside.AreaUnderCurve;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.evaluation.outside.ComparedColumn.Categories;
import org.privateevolution.evaluation.outside.EmpiricalDistance;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Maker;
import org.privateevolution.model.Evaluation.Question;
import org.privateevolution.model.Evaluation.Use;
import org.privateevolution.model.Evaluation.Verdict;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spi.RunListener;

/** All draws have fixed seeds: what is found is found always. */
class TableEvaluationTest {

    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.IntegerType)
            .add("height", DataTypes.DoubleType)
            .add("weight.kg", DataTypes.DoubleType)
            .add("size", DataTypes.StringType)
            .add(TextRecords.PROBLEM, DataTypes.StringType);

    private static final SparkSession SPARK = TestSession.spark();
    private static final List<Row> REAL = people(1, 397);
    private static TableEvaluation tables;

    @BeforeAll
    static void openTheRealRows() {
        tables = open(REAL, Optional.of(people(2, 251)), List.of());
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    @Test
    void anotherRealSampleIsGoodInEveryRespect() {
        Evaluation evaluation = tables.compare(table(people(3, 251)));

        assertThat(evaluation.rows()).isEqualTo(new Evaluation.Rows(397, 251, 251));
        assertThat(evaluation.figures()).allMatch(figure -> figure.verdict() == Verdict.GOOD);
        assertThat(evaluation.figures()).noneMatch(Figure::insideGuarantee);
        assertThat(evaluation.figures().stream().map(figure -> figure.measure().question()))
                .contains(Question.FIDELITY, Question.USE, Question.DETECTION, Question.MEMORY);
        assertThat(value(evaluation, "detection_auc")).isBetween(0.4, 0.6);
        assertThat(evaluation.notes()).anyMatch(note -> note.startsWith("Left out: id:"));
        assertThat(evaluation.use()).hasSize(2 * 3);
        assertThat(use(evaluation, "AUC").synthetic()).isGreaterThan(0.9);
        assertThat(use(evaluation, "AUC").baseline()).hasValue(0.5);
        assertThat(evaluation.correlations().orElseThrow().columns()).containsExactly("height", "weight.kg", "size");
        assertThat(evaluation.correlations().orElseThrow().real().get(0).get(1)).isGreaterThan(0.8);
    }

    @Test
    void aCopyIsNotApartButRepeatsEveryRow() {
        Evaluation evaluation = tables.compare(table(REAL));

        for (String measure : List.of("tvd_1way", "tvd_2way", "tvd_3way", "ks", "wasserstein", "null_difference")) {
            assertThat(value(evaluation, measure)).as(measure).isZero();
        }
        assertThat(value(evaluation, "correlation_difference")).isCloseTo(0, within(1e-12));
        assertThat(value(evaluation, "category_coverage")).isOne();
        assertThat(value(evaluation, "range_coverage")).isOne();
        assertThat(value(evaluation, "identical_training")).isOne();
        assertThat(value(evaluation, "identical_holdout")).isZero();
        for (String measure : List.of("identical_training", "nearer_training", "dcr_median", "dcr_ratio")) {
            assertThat(figure(evaluation, measure).verdict()).as(measure).isEqualTo(Verdict.POOR);
            assertThat(figure(evaluation, measure).advice()).isNotEmpty();
        }
        for (Figure figure : evaluation.figures()) {
            if (figure.measure().question() != Question.MEMORY) {
                assertThat(figure.verdict()).as(figure.measure().key()).isEqualTo(Verdict.GOOD);
            }
        }
    }

    @Test
    @Tag("statistics")
    void noiseIsPoorButRepeatsNobody() {
        SplittableRandom random = new SplittableRandom(4);
        List<Row> noise = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String size = List.of("S", "M", "L", "never").get(random.nextInt(4));
            noise.add(RowFactory.create(i, random.nextDouble(140, 220), random.nextDouble(30, 130), size, null));
        }
        Evaluation evaluation = tables.compare(table(noise));

        List<String> poor = List.of(
                "tvd_1way",
                "tvd_2way",
                "tvd_3way",
                "ks",
                "wasserstein",
                "correlation_difference",
                "new_categories",
                "use_auc",
                "detection_auc");
        for (String measure : poor) {
            assertThat(figure(evaluation, measure).verdict()).as(measure).isEqualTo(Verdict.POOR);
        }
        for (String measure : List.of("identical_training", "nearer_training", "dcr_p5", "dcr_median")) {
            assertThat(figure(evaluation, measure).verdict()).as(measure).isEqualTo(Verdict.GOOD);
        }
        assertThat(use(evaluation, "AUC").synthetic()).isLessThan(0.7);
    }

    @Test
    void nullsAreLeftOutOfDistancesOfNumbersAndCountedByThemselves() {
        List<Row> half = new ArrayList<>();
        for (Row row : people(3, 251)) {
            Object weight = half.size() % 2 == 0 ? row.get(2) : null;
            half.add(RowFactory.create(row.get(0), row.get(1), weight, row.get(3), null));
        }
        Evaluation evaluation = tables.compareDistributions(table(half));

        Figure ks = evaluation.figures().stream()
                .filter(figure ->
                        figure.measure().key().equals("ks") && figure.subject().equals("weight.kg"))
                .findFirst()
                .orElseThrow();
        assertThat(ks.value())
                .isCloseTo(EmpiricalDistance.kolmogorovSmirnov(weights(REAL), weights(half)), within(1e-12));
        assertThat(ks.verdict()).isEqualTo(Verdict.GOOD);
        assertThat(figure(evaluation, "null_difference").verdict()).isEqualTo(Verdict.POOR);
    }

    /** Those that are there, ascending. */
    private static double[] weights(List<Row> rows) {
        return rows.stream()
                .filter(row -> !row.isNullAt(2))
                .mapToDouble(row -> row.getDouble(2))
                .sorted()
                .toArray();
    }

    /** Many synthetic rows are no better proof than the real ones that they are told from. */
    @Test
    void theDiscriminatorSeesNoMoreSyntheticRowsThanRealOnes() {
        List<ComparedColumn> columns = List.of(Categories.of("size", List.of("S", "M", "L")));
        List<double[]> few = codes(1, 40);
        List<double[]> many = codes(2, 400);

        Figure capped = DetectionFigures.of(SPARK, columns, new SampledRows(few, codes(3, 35), many), 5)
                .get(0);

        assertThat(capped.error()).hasValueCloseTo(AreaUnderCurve.error(capped.value(), 75, 75), within(1e-12));
        assertThat(capped.attainable()).isPresent();
        assertThat(DetectionFigures.of(SPARK, columns, new SampledRows(few, codes(3, 20), many), 5)
                        .get(0)
                        .verdict())
                .as("too few held-out rows to compare with")
                .isEqualTo(Verdict.UNJUDGED);
        assertThat(DetectionFigures.of(SPARK, columns, new SampledRows(few, few, codes(4, 29)), 5))
                .isEmpty();
    }

    private static List<double[]> codes(long seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        return Stream.generate(() -> new double[] {random.nextInt(3)})
                .limit(rows)
                .toList();
    }

    @Test
    void distributionsAloneAreTheSame() {
        List<Row> second = people(3, 251);
        Evaluation distributions = tables.compareDistributions(table(second));

        assertThat(distributions.figures()).allMatch(figure -> figure.measure().question() == Question.FIDELITY);
        assertThat(distributions.use()).isEmpty();
    }

    @Test
    void aPerfectSampleIsGoodWhereFewRowsAreHeldOut() {
        List<Row> made = people(6, 400);
        try (TableEvaluation few = open(people(4, 400), Optional.of(people(5, 100)), List.of())) {
            Evaluation distributions = few.compareDistributions(table(made));

            assertThat(distributions.figures()).allMatch(figure -> figure.verdict() == Verdict.GOOD);
            assertThat(distributions.notes()).anyMatch(note -> note.contains("sample of about 100 synthetic rows"));
        }
    }

    @Test
    @Tag("statistics")
    void rowsOfTooLittleSpreadRepeatNobody() {
        List<Row> flat = new ArrayList<>();
        for (Row row : people(3, 251)) {
            double height = 175 + 0.3 * (row.getDouble(1) - 175);
            flat.add(RowFactory.create(row.get(0), height, 75 + 0.9 * (height - 175), row.get(3), null));
        }
        Evaluation evaluation = tables.compare(table(flat));

        assertThat(figure(evaluation, "ks").verdict()).isEqualTo(Verdict.POOR);
        assertThat(evaluation.figures())
                .filteredOn(figure -> figure.measure().question() == Question.MEMORY)
                .hasSize(6)
                .allMatch(figure -> figure.verdict() == Verdict.GOOD);
    }

    @Test
    void whatRealRowsHaveOfHeldOutOnesIsNoFault() {
        // All held-out rows equal real ones, of which most equal no held-out one.
        List<Row> real = people(1, 250);
        try (TableEvaluation own = open(real, Optional.of(real.subList(0, 25)), List.of())) {
            Evaluation evaluation = own.compare(table(real.subList(0, 25)));

            assertThat(figure(evaluation, "identical_training").attainable()).hasValue(1);
            assertThat(figure(evaluation, "identical_holdout").attainable()).hasValueCloseTo(0.1, within(1e-12));
            assertThat(figure(evaluation, "identical_holdout").verdict()).isEqualTo(Verdict.POOR);
            // So few rows teach too little to be judged.
            assertThat(figure(evaluation, "use_auc").verdict()).isEqualTo(Verdict.UNJUDGED);
        }
    }

    @Test
    void withoutHeldOutRowsAThirdIsSetAside() {
        try (TableEvaluation own = open(REAL, Optional.empty(), List.of("nobody"))) {
            Evaluation distributions = own.compareDistributions(table(people(3, 100)));

            assertThat(distributions.rows().real() + distributions.rows().holdout())
                    .isEqualTo(397);
            // A binomial number of 397 trials; its standard deviation is 9.4, and the seed is fixed.
            assertThat(distributions.rows().holdout()).isBetween(95L, 170L);
            assertThatThrownBy(() -> own.compare(table(people(3, 100))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("--target: no column nobody is compared; did you mean ");
        }
    }

    /** Five equal rows a client: were a client on both sides, held-out rows would equal others. */
    @Test
    void theThirdThatIsSetAsideIsOneOfClients() {
        List<Row> rows = new ArrayList<>();
        for (Row person : people(9, 90)) {
            for (int copy = 0; copy < 5; copy++) {
                rows.add(person);
            }
        }
        Table real = table(rows);
        EvaluationRequest byClient = new EvaluationRequest(
                List.of(), Optional.empty(), 0, 300, 7, List.of(), Optional.empty(), Optional.of("id"), Maker.OTHER);
        try (TableEvaluation own =
                new TableEvaluation(SPARK, real, Optional.empty(), real.names(), byClient, new RunListener() {})) {
            Evaluation evaluation = own.compare(real);

            assertThat(figure(evaluation, "identical_training").attainable()).hasValue(0);
            assertThat(evaluation.rows().holdout() % 5).isZero();
            assertThat(evaluation.rows().holdout()).isBetween(75L, 225L);
            assertThat(evaluation.notes()).anyMatch(note -> note.contains("client by client (column id)"));
            assertThat(evaluation.correlations().orElseThrow().columns())
                    .containsExactly("height", "weight.kg", "size");
        }
    }

    @Test
    void columnsThatAreMadeUpAreNotComparedButMustDiffer() {
        Table real = table(people(1, 90));
        EvaluationRequest made = new EvaluationRequest(
                List.of(),
                Optional.empty(),
                0,
                300,
                7,
                List.of(),
                List.of(
                        new GeneratedColumn("id", GeneratedColumn.Kind.ID, null),
                        new GeneratedColumn("height", GeneratedColumn.Kind.NAME, null)),
                Optional.empty(),
                Optional.empty(),
                Maker.OTHER,
                Constraints.NONE);
        List<Row> people = people(3, 80);
        List<Row> repeated = new ArrayList<>(people);
        repeated.addAll(people.subList(0, 5));
        try (TableEvaluation own =
                new TableEvaluation(SPARK, real, Optional.empty(), real.names(), made, new RunListener() {})) {
            Evaluation sound = own.compare(table(people));

            assertThat(sound.correlations().orElseThrow().columns()).containsExactly("weight.kg", "size");
            assertThat(sound.notes())
                    .contains(
                            "Left out, since they are declared as made up, and nothing in them was learnt: id, height.",
                            "The synthetic values of 'id' all differ, as they should.")
                    .noneMatch(note -> note.contains("'height'"));
            assertThat(own.compare(table(repeated)).notes())
                    .contains("WARNING: the synthetic values of 'id' should all differ, but 5 of 85 are missing or"
                            + " repeat another: do not join tables by this column.");
        }
    }

    @Test
    void rowsWithoutAClientStandForThemselves() {
        Chances.Source source = new Chances.Source(3, 1, false);
        Chances first = source.of(0, 0, RowFactory.create("x", "a client", null));

        assertThat(source.of(1, 7, RowFactory.create("y", "a client", null)).choice())
                .isEqualTo(first.choice());
        assertThat(source.of(1, 7, RowFactory.create("y", "a client", null)).uniform(0))
                .isNotEqualTo(first.uniform(0));
        assertThat(source.of(0, 0, RowFactory.create("x", null, null)).choice())
                .isNotEqualTo(
                        source.of(0, 1, RowFactory.create("x", null, null)).choice());
    }

    @Test
    void tablesThatHaveNothingToCompareAreRefused() {
        assertThatThrownBy(() -> tables.compare(table(List.of())))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("has no rows");
        assertThatThrownBy(() -> new TableEvaluation(
                        SPARK,
                        table(REAL),
                        Optional.empty(),
                        List.of("other"),
                        request(List.of()),
                        new RunListener() {}))
                .isInstanceOf(PrivateDataException.class)
                .hasMessageContaining("no column in common");
    }

    @Test
    void textsAreComparedByWordsAndEmbeddings() {
        List<String> animals = List.of("cat", "dog", "horse", "goat", "sheep", "hen");
        List<String> parts = List.of("engine", "valve", "piston", "gear", "pump", "belt");
        try (TableEvaluation texts = new TableEvaluation(
                SPARK,
                texts(1, animals),
                Optional.of(texts(2, animals)),
                List.of("note"),
                request(List.of()),
                new RunListener() {})) {
            Evaluation same = texts.compare(texts(3, animals));
            Evaluation others = texts.compare(texts(3, parts));

            assertThat(same.correlations()).isEmpty();
            assertThat(same.figures()).extracting(Figure::verdict).containsOnly(Verdict.GOOD);
            for (String measure : List.of("text_ngrams", "mauve", "fid", "precision", "recall")) {
                assertThat(figure(others, measure).verdict()).as(measure).isEqualTo(Verdict.POOR);
                assertThat(figure(others, measure).subject()).isEqualTo("note");
                assertThat(figure(others, measure).error()).isPresent();
            }
            assertThat(figure(others, "text_length").verdict()).isEqualTo(Verdict.GOOD);
        }
    }

    /** Sixty sentences of a fixed pattern, all different. */
    private static Table texts(long seed, List<String> nouns) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String first = nouns.get(random.nextInt(nouns.size()));
            String second = nouns.get(random.nextInt(nouns.size()));
            String text = "the " + first + " stands near the " + second + " and we saw it on day "
                    + random.nextInt(1_000_000);
            rows.add(RowFactory.create(text, null));
        }
        StructType schema =
                new StructType().add("note", DataTypes.StringType).add(TextRecords.PROBLEM, DataTypes.StringType);
        return new Table(SPARK.createDataFrame(rows, schema), "notes");
    }

    private static TableEvaluation open(List<Row> real, Optional<List<Row>> holdout, List<String> targets) {
        return new TableEvaluation(
                SPARK,
                table(real),
                holdout.map(TableEvaluationTest::table),
                table(real).names(),
                request(targets),
                new RunListener() {});
    }

    private static EvaluationRequest request(List<String> targets) {
        return new EvaluationRequest(
                targets, Optional.of("size"), 1, 300, 7, List.of(), Optional.empty(), Optional.empty(), Maker.OTHER);
    }

    private static Table table(List<Row> rows) {
        return new Table(SPARK.createDataFrame(rows, SCHEMA), "people");
    }

    /**
     * Heights in centimetres, weights that go with them, some of which are missing, and a size that follows from
     * both.
     */
    private static List<Row> people(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Row> people = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            double height = 175 + 10 * gaussian(random);
            Double weight = random.nextInt(20) == 0 ? null : 75 + 0.9 * (height - 175) + 4 * gaussian(random);
            String size = height < 168 ? "S" : height < 180 ? "M" : "L";
            people.add(RowFactory.create(i, height, weight, size, null));
        }
        return people;
    }

    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private static Figure figure(Evaluation evaluation, String measure) {
        return evaluation.figures().stream()
                .filter(figure -> figure.measure().key().equals(measure))
                .findFirst()
                .orElseThrow();
    }

    private static double value(Evaluation evaluation, String measure) {
        return figure(evaluation, measure).value();
    }

    private static Use use(Evaluation evaluation, String score) {
        return evaluation.use().stream()
                .filter(use -> use.score().equals(score))
                .findFirst()
                .orElseThrow();
    }
}
