package org.privateevolution.constraint;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.Constraint;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.UndeclaredValueException;
import org.privateevolution.table.RowSampler;

/**
 * The constraints of a table, and what makes synthetic rows obey them. All of this is public and a function of
 * synthetic rows alone, so it costs no privacy.
 *
 * <p>Conditions, and determined values that are declared, hold in every row that {@link #obeying} samples. Determined
 * values that are learnt hold in rows that {@link #learn} has been told of; unique keys hold after {@link UniqueRows}.
 */
public final class Constraints implements Serializable {

    /** The constraints of a table that declares none. */
    public static final Constraints NONE = new Constraints(
            List.of(),
            new RowRules(new RowColumns(List.of(), 0, List.of()), List.of()),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    private static final long serialVersionUID = 1L;

    private final List<Constraint> declared;
    private final RowRules rules;
    /** Index of the declaration of each condition of {@link #rules}. */
    private final List<Integer> origins;
    /** In an order in which determining columns come before those that they determine. */
    private final List<Dependency> dependencies;

    private final List<UniqueKey> keys;
    /** What the dependencies say; empty until it is learnt. */
    private final List<Dependency.Values> learnt;

    Constraints(
            List<Constraint> declared,
            RowRules rules,
            List<Integer> origins,
            List<Dependency> dependencies,
            List<UniqueKey> keys,
            List<Dependency.Values> learnt) {
        this.declared = List.copyOf(declared);
        this.rules = rules;
        this.origins = List.copyOf(origins);
        this.dependencies = List.copyOf(dependencies);
        this.keys = List.copyOf(keys);
        this.learnt = List.copyOf(learnt);
    }

    /**
     * The constraints of a table.
     *
     * @param labels the run's labels
     * @throws IllegalArgumentException if one cannot be read; {@link ConstraintReader} finds all such problems
     */
    public static Constraints of(RunSpec.Tabular table, RunSpec.Labels labels) {
        return sound(new ConstraintReader(table, label(labels)));
    }

    /** @throws IllegalArgumentException if a constraint cannot be read */
    static Constraints sound(ConstraintReader reader) {
        Constraints read = reader.read();
        reader.problems().stream().findFirst().ifPresent(problem -> {
            throw new IllegalArgumentException(problem.message());
        });
        return read;
    }

    /** The label as a column; empty if the run has no labels, or those of several columns. */
    static Optional<CategoricalColumn> label(RunSpec.Labels labels) {
        return labels.columns().columns().size() == 1
                ? Optional.of(labels.columns().columns().get(0))
                : Optional.empty();
    }

    public boolean isEmpty() {
        return declared.isEmpty();
    }

    /** The text of each constraint, in the order of their declaration. */
    public List<String> texts() {
        return declared.stream().map(Constraint::text).toList();
    }

    /** The names of the learnt columns, followed by that of the label if there is one. */
    public List<String> columns() {
        return rules.columns().all().stream().map(Column::name).toList();
    }

    /**
     * The codes of a row that may come from anywhere. A value that is not declared counts as missing.
     *
     * @param values in the order of {@link #columns}
     */
    public double[] codes(List<?> values) {
        double[] codes = new double[values.size()];
        for (int c = 0; c < codes.length; c++) {
            try {
                codes[c] = rules.columns().get(c).encode(values.get(c));
            } catch (UndeclaredValueException e) {
                codes[c] = TableRow.NULL;
            }
        }
        return codes;
    }

    /** The constraints that a single row can break. */
    public List<RowCheck> rowChecks() {
        return IntStream.range(0, origins.size())
                .mapToObj(i -> {
                    Condition condition = rules.conditions().get(i);
                    return new RowCheck(
                            origins.get(i),
                            condition
                                    .columns()
                                    .distinct()
                                    .mapToObj(rules.columns()::name)
                                    .toList(),
                            condition);
                })
                .toList();
    }

    /** The constraints that rows can only break together. */
    public List<SetCheck> setChecks() {
        Stream<SetCheck> determined = dependencies.stream()
                .map(dependency -> new SetCheck(
                        dependency.rule(),
                        dependency.from().stream().map(rules.columns()::name).toList(),
                        Optional.of(rules.columns().name(dependency.to()))));
        Stream<SetCheck> unique = keys.stream().map(key -> new SetCheck(key.rule(), key.names(), Optional.empty()));
        return Stream.concat(determined, unique).toList();
    }

    RowRules rules() {
        return rules;
    }

    List<Integer> origins() {
        return origins;
    }

    List<Dependency> dependencies() {
        return dependencies;
    }

    /** Whether determined values are learnt from synthetic rows. */
    public boolean areLearnt() {
        return !dependencies.isEmpty();
    }

    /** The unique key that learnt columns or the label form; empty if there is none. */
    public Optional<UniqueKey> key() {
        return keys.stream().filter(key -> !key.isMadeUp()).findFirst();
    }

    List<UniqueKey> keys() {
        return keys;
    }

    /** A sampler whose rows obey all conditions, and the determined values that are known so far. */
    public RowSampler obeying(RowSampler sampler) {
        return rules.isEmpty() && learnt.isEmpty() ? sampler : new ObeyingRows(this, sampler);
    }

    /** The row that obeys all conditions and known values, and differs little from a declared row. */
    public TableRow repaired(int label, TableRow row) {
        return known(label, rules.isEmpty() ? row : rules.repaired(label, row));
    }

    /** The row with totals computed from their parts, as far as that is allowed, if it then obeys all conditions. */
    Optional<TableRow> completed(int label, TableRow row) {
        double[] codes = rules.codes(label, row);
        rules.complete(codes);
        return rules.hold(codes) ? Optional.of(rules.row(codes)) : Optional.empty();
    }

    /** The row with the determined values that are known. */
    TableRow known(int label, TableRow row) {
        if (learnt.isEmpty()) {
            return row;
        }
        double[] codes = rules.codes(label, row);
        learnt.forEach(values -> values.apply(codes));
        return rules.row(codes);
    }

    /**
     * These constraints with determined values as they occur most often in synthetic rows.
     *
     * @param samples rows, at least one
     * @param weights weight of each; empty if all count alike
     */
    public Constraints learn(List<Sample> samples, List<Double> weights) {
        if (dependencies.isEmpty()) {
            return this;
        }
        List<double[]> rows = samples.stream()
                .map(sample ->
                        rules.codes(sample.label(), sample.payload().row().orElseThrow()))
                .toList();
        List<Double> counted = weights.isEmpty()
                ? IntStream.range(0, rows.size()).mapToObj(i -> 1.0).toList()
                : weights;
        List<Dependency.Values> found = new ArrayList<>();
        for (Dependency dependency : dependencies) {
            Dependency.Values values = dependency.learn(rows, counted);
            rows.forEach(values::apply);
            found.add(values);
        }
        return new Constraints(declared, rules, origins, dependencies, keys, found);
    }

    /**
     * The rows to publish: those of a population, with determined values that are learnt, and with keys that differ.
     *
     * @param samples rows that obey all conditions
     * @param points rows to learn determined values from
     * @param weights weight of each point; empty if all count alike
     */
    public List<Sample> published(List<Sample> samples, List<Sample> points, List<Double> weights) {
        if (samples.isEmpty() || (!areLearnt() && key().isEmpty())) {
            return samples;
        }
        Constraints informed = learn(points, weights);
        List<Sample> rows = samples.stream()
                .map(sample -> new Sample(
                        sample.id(),
                        sample.label(),
                        informed.known(sample.label(), sample.payload().row().orElseThrow()),
                        sample.parent()))
                .toList();
        return key().isPresent() ? new UniqueRows(informed).next(rows) : rows;
    }
}
