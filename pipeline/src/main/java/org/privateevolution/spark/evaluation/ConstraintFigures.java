package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.constraint.RowCheck;
import org.privateevolution.constraint.SetCheck;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.source.WrittenTable;

/** How many rows break each declared constraint, synthetic and real. Only numbers leave the executors. */
final class ConstraintFigures {

    private static final String COUNT = "count";
    private static final String MOST = "most";

    private final Constraints constraints;
    private final Broken real;

    /**
     * Rows of one table.
     *
     * @param broken for each constraint, the number of rows that break it; empty if the table lacks a column of it
     */
    private record Broken(long rows, List<OptionalLong> broken) {}

    private ConstraintFigures(Constraints constraints, Broken real) {
        this.constraints = constraints;
        this.real = real;
    }

    /** Counts the real rows that break constraints. */
    static ConstraintFigures of(Constraints constraints, Table real) {
        return new ConstraintFigures(
                constraints, constraints.isEmpty() ? new Broken(0, List.of()) : count(constraints, real));
    }

    /**
     * The figures of a synthetic table: first that of all constraints, then those of each.
     *
     * @param notes receives a sentence on each constraint
     */
    List<Figure> figures(Table table, List<String> notes) {
        if (constraints.isEmpty()) {
            return List.of();
        }
        Broken made = count(constraints, table);
        List<Figure> each = new ArrayList<>();
        for (int rule = 0; rule < constraints.texts().size(); rule++) {
            String text = constraints.texts().get(rule);
            OptionalLong broken = made.broken().get(rule);
            if (broken.isEmpty()) {
                notes.add("Constraint `" + text + "` was not checked: the synthetic table lacks a column.");
                continue;
            }
            OptionalLong brokenByReal = real.broken().get(rule);
            OptionalDouble attainable = brokenByReal.isPresent()
                    ? OptionalDouble.of(share(brokenByReal.getAsLong(), real.rows()))
                    : OptionalDouble.empty();
            each.add(figure(text, share(broken.getAsLong(), made.rows()), attainable));
            notes.add(String.format(
                    Locale.ROOT,
                    "Constraint `%s`: broken by %,d of %,d synthetic rows%s.",
                    text,
                    broken.getAsLong(),
                    made.rows(),
                    brokenByReal.isPresent()
                            ? String.format(
                                    Locale.ROOT, " and %,d of %,d real ones", brokenByReal.getAsLong(), real.rows())
                            : ""));
        }
        if (each.isEmpty()) {
            return List.of();
        }
        List<Figure> all = new ArrayList<>();
        all.add(figure(
                "",
                each.stream().mapToDouble(Figure::value).average().orElseThrow(),
                each.stream()
                        .flatMapToDouble(figure -> figure.attainable().stream())
                        .average()));
        all.addAll(each);
        return all;
    }

    private static Figure figure(String subject, double value, OptionalDouble attainable) {
        // Where the real table lacks the column, any row that breaks the constraint is one too many.
        Figure judged = EvaluationMeasure.CONSTRAINT_VIOLATIONS.figure(
                subject, value, OptionalDouble.of(attainable.orElse(0)), 0, OptionalDouble.empty());
        return new Figure(
                judged.measure(), subject, value, attainable, judged.error(), judged.verdict(), judged.advice(), false);
    }

    private static double share(long broken, long rows) {
        return rows == 0 ? 0 : broken / (double) rows;
    }

    private static Broken count(Constraints constraints, Table table) {
        OptionalLong[] broken = new OptionalLong[constraints.texts().size()];
        Arrays.fill(broken, OptionalLong.empty());
        List<String> present = table.names();
        try {
            long rows = rowChecks(constraints, table.rows(), present, broken);
            for (SetCheck check : constraints.setChecks()) {
                if (present.containsAll(check.key())
                        && check.determined().stream().allMatch(present::contains)) {
                    broken[check.rule()] = OptionalLong.of(count(check, table.rows()));
                }
            }
            return new Broken(rows, List.of(broken));
        } catch (Exception e) {
            throw WrittenTable.unreadable(table.location(), e);
        }
    }

    /** Counts the rows that break constraints by themselves; returns the number of all rows. */
    private static long rowChecks(
            Constraints constraints, Dataset<Row> table, List<String> present, OptionalLong[] broken) {
        List<RowCheck> checks = constraints.rowChecks().stream()
                .filter(check -> present.containsAll(check.columns()))
                .toList();
        List<String> columns = constraints.columns();
        Dataset<Row> selected = table.select(columns.stream()
                .map(name -> present.contains(name) ? Columns.named(name) : functions.lit(null))
                .toArray(Column[]::new));
        long[] counts = new long[checks.size() + 1];
        selected.mapPartitions(
                        (MapPartitionsFunction<Row, long[]>)
                                rows -> Collections.singleton(count(rows, constraints, checks))
                                        .iterator(),
                        Encoders.javaSerialization(long[].class))
                .collectAsList()
                .forEach(part -> IntStream.range(0, part.length).forEach(i -> counts[i] += part[i]));
        for (int i = 0; i < checks.size(); i++) {
            broken[checks.get(i).rule()] = OptionalLong.of(counts[i]);
        }
        return counts[checks.size()];
    }

    private static long[] count(Iterator<Row> rows, Constraints constraints, List<RowCheck> checks) {
        long[] counts = new long[checks.size() + 1];
        while (rows.hasNext()) {
            Row row = rows.next();
            Object[] values = new Object[row.size()];
            Arrays.setAll(values, row::get);
            double[] codes = constraints.codes(Arrays.asList(values));
            for (int i = 0; i < checks.size(); i++) {
                counts[i] += checks.get(i).isBrokenBy(codes) ? 1 : 0;
            }
            counts[checks.size()]++;
        }
        return counts;
    }

    /**
     * Counts the rows that would have to change: those that repeat the key of another row, or that have another value
     * than most rows with the same determining values.
     */
    private static long count(SetCheck check, Dataset<Row> table) {
        Column[] key = check.key().stream().map(Columns::named).toArray(Column[]::new);
        if (check.determined().isEmpty()) {
            Dataset<Row> keys = table.select(key).na().drop("any");
            return keys.count() - keys.distinct().count();
        }
        List<Column> both = new ArrayList<>(List.of(key));
        both.add(Columns.named(check.determined().get()));
        Row sum = table.groupBy(both.toArray(Column[]::new))
                .agg(functions.count(functions.lit(1)).as(COUNT))
                .groupBy(key)
                .agg(functions.sum(COUNT).as(COUNT), functions.max(COUNT).as(MOST))
                .agg(functions.sum(functions.col(COUNT).minus(functions.col(MOST))))
                .head();
        return sum.isNullAt(0) ? 0 : sum.getLong(0);
    }
}
