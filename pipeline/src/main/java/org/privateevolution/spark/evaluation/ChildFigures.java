package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.privateevolution.evaluation.outside.ComparedColumn;
import org.privateevolution.evaluation.outside.ComparedColumn.Numbers;
import org.privateevolution.evaluation.outside.ComparedColumn.Unit;
import org.privateevolution.evaluation.outside.CountLayout;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.evaluation.outside.TableDistances;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Seed;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;

/**
 * How the rows of clients in one child table are distributed, OUTSIDE the guarantee: their columns, pairs of them,
 * pairs with a column of the client, and two rows of one client. Every row counts as much as any other. Where chance is
 * judged, clients are drawn with all their rows.
 */
final class ChildFigures {

    private static final int WORST_PAIRS = 5;

    private final JoinedClients joined;
    private final int child;
    private final Seed seed;
    private final List<String> now;
    private final List<String> then;

    ChildFigures(JoinedClients joined, int child, Seed seed) {
        this.joined = joined;
        this.child = child;
        this.seed = seed;
        this.now = joined.names(child, joined.tables().first(child));
        this.then = joined.names(child, joined.tables().other(child));
    }

    /** The pairs of columns that a figure is about. */
    private record Pairs(EvaluationMeasure measure, List<int[]> columns) {}

    /**
     * Compares the rows.
     *
     * @param real rows as {@link JoinedClients#rows} gives them
     * @param holdout empty to set the rows of a third of the real clients aside
     * @param notes receives sentences on columns that are left out
     */
    List<Figure> figures(Table real, Optional<Table> holdout, Table synthetic, List<String> notes) {
        List<String> names = real.names().stream()
                .filter(name -> synthetic.names().contains(name) && !isStep(name) && !name.equals(joined.key()))
                .filter(name -> holdout.isEmpty() || holdout.get().names().contains(name))
                .toList();
        ChosenColumns chosen = ChosenColumns.of(
                real.rows(), real.location(), names, joined.tables().joined().columns(), Optional.empty());
        notes.addAll(chosen.notes());
        List<ComparedColumn> columns = new ArrayList<>(chosen.columns());
        if (table().ordered()) {
            columns.add(new Numbers(then.get(table().orderColumn()), Unit.NUMBER, new double[0], 0, 0, 0, 0));
        }
        ChosenColumns all = new ChosenColumns(columns, chosen.declared(), List.of(), List.of());
        try (EncodedTable encoded = encoded(real, columns, "real");
                EncodedTable made = encoded(synthetic, columns, "synthetic");
                EncodedTable given = holdout.isPresent() ? encoded(holdout.get(), columns, "holdout") : null) {
            EncodedTable training = given == null ? encoded.part(RealRecords.trainingPart()) : encoded;
            EncodedTable held = given == null ? encoded.part(RealRecords.heldPart()) : given;
            List<ComparedColumn> scaled = NumberScales.of(all, training);
            List<Pairs> pairs = pairs(scaled);
            CountLayout layout = CountLayout.ofPairs(
                    scaled, pairs.stream().flatMap(of -> of.columns().stream()).toList());
            TableReference reference = new TableReference(scaled, training, held, layout, training.counts(layout));
            return figures(new FidelityFigures(reference, made), scaled, pairs);
        }
    }

    private ChildTable table() {
        return joined.tables().children().get(child);
    }

    private boolean isStep(String name) {
        return table().ordered() && name.equals(then.get(table().orderColumn()));
    }

    private EncodedTable encoded(Table table, List<ComparedColumn> columns, String name) {
        return EncodedTable.ofClients(table.rows(), table.location(), columns, joined.key(), seed.derive(name));
    }

    private List<Pairs> pairs(List<ComparedColumn> columns) {
        List<String> names = columns.stream().map(ComparedColumn::name).toList();
        List<Integer> root = places(joined.rootNames(), names);
        List<Integer> own = places(now, names);
        List<int[]> within = new ArrayList<>();
        List<int[]> across = new ArrayList<>();
        List<int[]> successive = new ArrayList<>();
        for (int a = 0; a < own.size(); a++) {
            for (int b = a + 1; b < own.size(); b++) {
                within.add(ascending(own.get(a), own.get(b)));
            }
            for (int column : root) {
                across.add(ascending(column, own.get(a)));
            }
        }
        for (int c = 0; c < now.size(); c++) {
            int one = names.indexOf(now.get(c));
            int other = names.indexOf(then.get(c));
            if (one >= 0 && other >= 0) {
                successive.add(ascending(one, other));
            }
        }
        return List.of(
                new Pairs(EvaluationMeasure.CHILD_2WAY, within),
                new Pairs(EvaluationMeasure.ROOT_CHILD_2WAY, across),
                new Pairs(EvaluationMeasure.SUCCESSIVE_2WAY, successive));
    }

    private static List<Integer> places(List<String> wanted, List<String> names) {
        return wanted.stream().map(names::indexOf).filter(place -> place >= 0).toList();
    }

    private static OptionalDouble mean(List<Double> distances) {
        return distances.stream().mapToDouble(Double::doubleValue).average();
    }

    private static int[] ascending(int one, int other) {
        return new int[] {Math.min(one, other), Math.max(one, other)};
    }

    private List<Figure> figures(FidelityFigures fidelity, List<ComparedColumn> columns, List<Pairs> pairs) {
        String name = table().name();
        List<String> names = columns.stream().map(ComparedColumn::name).toList();
        List<Integer> own = places(now, names);
        List<Figure> figures = new ArrayList<>();
        List<Figure> details = new ArrayList<>();
        fidelity.distance(
                        EvaluationMeasure.CHILD_1WAY,
                        name,
                        of -> mean(own.stream().map(of::ofColumn).toList()))
                .ifPresent(figures::add);
        for (int column : own) {
            fidelity.distance(
                            EvaluationMeasure.CHILD_1WAY,
                            names.get(column),
                            of -> OptionalDouble.of(of.ofColumn(column)))
                    .ifPresent(details::add);
        }
        int first = 0;
        for (Pairs of : pairs) {
            int from = first;
            int end = from + of.columns().size();
            first = end;
            fidelity.distance(
                            of.measure(),
                            name,
                            table -> mean(IntStream.range(from, end)
                                    .mapToObj(table::ofPair)
                                    .toList()))
                    .ifPresent(figures::add);
            TableDistances distances = fidelity.distances();
            IntStream.range(from, end)
                    .boxed()
                    .sorted(Comparator.comparingDouble(pair -> -distances.ofPair(pair)))
                    .limit(WORST_PAIRS)
                    .forEach(pair -> fidelity.distance(
                                    of.measure(),
                                    distances.pairName(pair),
                                    table -> OptionalDouble.of(table.ofPair(pair)))
                            .ifPresent(details::add));
        }
        figures.addAll(details);
        return figures;
    }
}
