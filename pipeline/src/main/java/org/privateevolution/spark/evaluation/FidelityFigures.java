package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.privateevolution.evaluation.outside.ComparedColumn.Numbers;
import org.privateevolution.evaluation.outside.EmpiricalDistance;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.evaluation.outside.TableCounts;
import org.privateevolution.evaluation.outside.TableDistances;
import org.privateevolution.model.Evaluation.Figure;

/**
 * How close the distribution of synthetic rows is to the real one, beside that of a second real sample.
 *
 * <p>The second sample is drawn from the held-out rows: as many as there are synthetic rows, or all if there are fewer.
 * In the latter case a random sample of as many synthetic rows is judged: the part of a distance that is due to chance
 * falls with the number of rows, at a rate that depends on how many rows a cell has, so distances of different numbers
 * of rows are not comparable. The value of a figure is always that of all synthetic rows.
 *
 * <p>The standard deviation of a distance is that of eight groups of the second sample, divided by the square root of
 * 8, since the sample has eight times the rows of a group, and multiplied by the square root of 2, since the synthetic
 * rows are one more sample. Coverages, which depend on single rows, keep the standard deviation of the groups. For
 * Kolmogorov's distance, the standard deviation is at least that of its known distribution.
 */
final class FidelityFigures {

    private static final int GROUPS = 8;

    /** Standard deviation of Kolmogorov's distribution: sqrt(pi^2 / 12 - pi ln(2)^2 / 2). */
    private static final double KOLMOGOROV = 0.2603;

    /** Number of worst pairs of columns that are named. */
    private static final int WORST_PAIRS = 10;

    private final TableReference reference;
    private final EncodedTable synthetic;
    private final TableDistances distances;
    private final TableDistances second;
    private final List<TableDistances> groups = new ArrayList<>();
    private final double share;
    /** Share of the synthetic rows that is judged. */
    private final double judgedShare;

    private final TableDistances judged;

    FidelityFigures(TableReference reference, EncodedTable synthetic) {
        this.reference = reference;
        this.synthetic = synthetic;
        double wanted = synthetic.count();
        double held = reference.holdout().count();
        this.share = held == 0 ? 0 : Math.min(1, wanted / held);
        this.judgedShare = held == 0 ? 1 : Math.min(1, held / wanted);
        this.distances = of(synthetic.counts(reference.layout()));
        this.judged = judgedShare == 1 ? distances : of(synthetic.groups(reference.layout(), 1, judgedShare)[0]);
        TableCounts all = new TableCounts(reference.layout());
        for (TableCounts group : reference.holdout().groups(reference.layout(), GROUPS, share)) {
            groups.add(of(group));
            all.merge(group);
        }
        this.second = of(all);
    }

    private TableDistances of(TableCounts other) {
        return new TableDistances(reference.layout(), reference.counts(), other);
    }

    /** Whether a sample of the synthetic rows is judged, of as many rows as are held out. */
    boolean isJudgedBySample() {
        return judgedShare < 1;
    }

    TableDistances distances() {
        return distances;
    }

    /** All figures, those of the whole table first. */
    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        List<Figure> columns = new ArrayList<>();
        distance(EvaluationMeasure.TVD_1WAY, "", t -> OptionalDouble.of(t.oneWay()), 0, figures);
        distance(EvaluationMeasure.TVD_2WAY, "", TableDistances::twoWay, 0, figures);
        distance(EvaluationMeasure.TVD_3WAY, "", TableDistances::threeWay, distances.threeWayError(), figures);
        numbers(figures, columns);
        distance(EvaluationMeasure.CORRELATION_DIFFERENCE, "", TableDistances::associations, 0, figures);
        coverage(EvaluationMeasure.CATEGORY_COVERAGE, "", mean(TableDistances::categoryCoverage), figures);
        coverage(EvaluationMeasure.NEW_CATEGORIES, "", mean(TableDistances::newCategories), figures);
        coverage(EvaluationMeasure.RARE_COVERAGE, "", mean(TableDistances::rareCoverage), figures);
        distance(EvaluationMeasure.RARE_MASS, "", mean(TableDistances::rareMass), 0, figures);
        distance(
                EvaluationMeasure.NULL_DIFFERENCE,
                "",
                mean((t, column) -> OptionalDouble.of(t.nullDifference(column))),
                0,
                figures);
        for (int c = 0; c < reference.columns().size(); c++) {
            int column = c;
            String name = reference.columns().get(c).name();
            distance(EvaluationMeasure.TVD_1WAY, name, t -> OptionalDouble.of(t.ofColumn(column)), 0, columns);
            coverage(EvaluationMeasure.CATEGORY_COVERAGE, name, t -> t.categoryCoverage(column), columns);
        }
        for (int pair : distances.worstPairs(WORST_PAIRS)) {
            distance(
                    EvaluationMeasure.TVD_2WAY,
                    distances.pairName(pair),
                    t -> OptionalDouble.of(t.ofPair(pair)),
                    0,
                    columns);
        }
        figures.addAll(columns);
        return figures;
    }

    /** One distance, judged as the others; empty if the tables have none. */
    Optional<Figure> distance(
            EvaluationMeasure measure, String subject, Function<TableDistances, OptionalDouble> figure) {
        List<Figure> found = new ArrayList<>();
        distance(measure, subject, figure, 0, found);
        return found.stream().findFirst();
    }

    private interface OfColumn {
        OptionalDouble of(TableDistances table, int column);
    }

    private Function<TableDistances, OptionalDouble> mean(OfColumn figure) {
        return table -> IntStream.range(0, reference.columns().size())
                .mapToObj(column -> figure.of(table, column))
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }

    private void distance(
            EvaluationMeasure measure,
            String subject,
            Function<TableDistances, OptionalDouble> figure,
            double error,
            List<Figure> to) {
        add(measure, subject, figure, false, error, to);
    }

    private void coverage(
            EvaluationMeasure measure,
            String subject,
            Function<TableDistances, OptionalDouble> figure,
            List<Figure> to) {
        add(measure, subject, figure, true, 0, to);
    }

    private void add(
            EvaluationMeasure measure,
            String subject,
            Function<TableDistances, OptionalDouble> figure,
            boolean coverage,
            double error,
            List<Figure> to) {
        OptionalDouble value = figure.apply(distances);
        if (value.isEmpty()) {
            return;
        }
        double[] parts = groups.stream()
                .map(figure)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        to.add(judged(
                measure,
                subject,
                value.getAsDouble(),
                figure.apply(judged).orElse(value.getAsDouble()),
                share == 0 ? OptionalDouble.empty() : figure.apply(second),
                parts,
                coverage,
                0,
                error));
    }

    private static Figure judged(
            EvaluationMeasure measure,
            String subject,
            double value,
            double judged,
            OptionalDouble attained,
            double[] parts,
            boolean coverage,
            double least,
            double error) {
        return measure.figure(
                subject,
                value,
                judged,
                attained,
                Math.sqrt(2) * Math.max(least, deviation(parts) * (coverage ? 1 : 1 / Math.sqrt(GROUPS))),
                error == 0 ? OptionalDouble.empty() : OptionalDouble.of(error));
    }

    private static double deviation(double[] parts) {
        double mean = Arrays.stream(parts).average().orElse(0);
        double squares =
                Arrays.stream(parts).map(part -> (part - mean) * (part - mean)).sum();
        return parts.length < 2 ? 0 : Math.sqrt(squares / (parts.length - 1));
    }

    /** Goes column by column, so that the driver holds the numbers of only one in memory. */
    private void numbers(List<Figure> means, List<Figure> columns) {
        List<NumberFigures> all = new ArrayList<>();
        for (int c = 0; c < reference.columns().size(); c++) {
            if (reference.columns().get(c) instanceof Numbers column) {
                all.add(numbers(column, c));
            }
        }
        if (all.isEmpty()) {
            return;
        }
        for (NumberFigures column : all) {
            columns.add(column.judged(
                    EvaluationMeasure.KS, column.column(), NumberDistance::ks, false, column.kolmogorov()));
            columns.add(column.judged(EvaluationMeasure.WASSERSTEIN, column.column(), NumberDistance::moved, false, 0));
        }
        NumberFigures mean = NumberFigures.mean(all);
        means.add(mean.judged(EvaluationMeasure.KS, "", NumberDistance::ks, false, mean.kolmogorov()));
        means.add(mean.judged(EvaluationMeasure.WASSERSTEIN, "", NumberDistance::moved, false, 0));
        means.add(mean.judged(EvaluationMeasure.RANGE_COVERAGE, "", NumberDistance::range, true, 0));
    }

    /**
     * Standard deviation of the Kolmogorov distance between two samples of the same continuous distribution, whichever
     * it is.
     *
     * @param real number of values in the real sample, without nulls
     * @param other number of values in the other sample, without nulls
     */
    private static double kolmogorov(int real, int other) {
        return KOLMOGOROV * Math.sqrt(1.0 / Math.max(1, real) + 1.0 / Math.max(1, other));
    }

    private NumberFigures numbers(Numbers column, int index) {
        double[] real = reference.real().numbers(index);
        double[] made = synthetic.numbers(index);
        double[] compared = judgedShare == 1 ? made : synthetic.numbers(index, 1, judgedShare)[0];
        NumberDistance value = NumberDistance.of(real, made);
        double[][] parts = reference.holdout().numbers(index, GROUPS, share);
        double[] all =
                Arrays.stream(parts).flatMapToDouble(Arrays::stream).sorted().toArray();
        return new NumberFigures(
                column.name(),
                value,
                judgedShare == 1 ? value : NumberDistance.of(real, compared),
                kolmogorov(real.length, compared.length),
                share == 0 ? null : NumberDistance.of(real, all),
                Arrays.stream(parts).map(part -> NumberDistance.of(real, part)).toList());
    }

    /**
     * Distances between the numbers of a column.
     *
     * @param moved Wasserstein distance, in units of {@link EmpiricalDistance#scale}
     */
    private record NumberDistance(double ks, double moved, double range) {

        static NumberDistance of(double[] real, double[] other) {
            boolean none = real.length == 0 || other.length == 0;
            double moved = none
                    ? (real.length == other.length ? 0 : 1)
                    : EmpiricalDistance.wasserstein(real, other) / EmpiricalDistance.scale(real);
            return new NumberDistance(
                    EmpiricalDistance.kolmogorovSmirnov(real, other),
                    moved,
                    EmpiricalDistance.rangeCoverage(real, other));
        }

        static NumberDistance mean(List<NumberDistance> all) {
            return new NumberDistance(
                    average(all, NumberDistance::ks),
                    average(all, NumberDistance::moved),
                    average(all, NumberDistance::range));
        }

        private static double average(List<NumberDistance> all, ToDoubleFunction<NumberDistance> part) {
            return all.stream().mapToDouble(part).average().orElseThrow();
        }
    }

    /**
     * The distances of a column, or their means over several columns.
     *
     * @param kolmogorov standard deviation of Kolmogorov's distance
     * @param second distances of the second real sample; null if nothing is held out
     */
    private record NumberFigures(
            String column,
            NumberDistance value,
            NumberDistance judged,
            double kolmogorov,
            NumberDistance second,
            List<NumberDistance> groups) {

        static NumberFigures mean(List<NumberFigures> all) {
            List<NumberDistance> groups = IntStream.range(0, GROUPS)
                    .mapToObj(g -> NumberDistance.mean(
                            all.stream().map(column -> column.groups().get(g)).toList()))
                    .toList();
            return new NumberFigures(
                    "",
                    NumberDistance.mean(all.stream().map(NumberFigures::value).toList()),
                    NumberDistance.mean(all.stream().map(NumberFigures::judged).toList()),
                    all.stream()
                            .mapToDouble(NumberFigures::kolmogorov)
                            .average()
                            .orElseThrow(),
                    all.get(0).second() == null
                            ? null
                            : NumberDistance.mean(
                                    all.stream().map(NumberFigures::second).toList()),
                    groups);
        }

        Figure judged(
                EvaluationMeasure measure,
                String subject,
                ToDoubleFunction<NumberDistance> figure,
                boolean coverage,
                double least) {
            return FidelityFigures.judged(
                    measure,
                    subject,
                    figure.applyAsDouble(value),
                    figure.applyAsDouble(judged),
                    second == null ? OptionalDouble.empty() : OptionalDouble.of(figure.applyAsDouble(second)),
                    groups.stream().mapToDouble(figure).toArray(),
                    coverage,
                    least,
                    0);
        }
    }
}
