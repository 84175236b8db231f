package org.privateevolution.constraint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;

/**
 * Makes the keys of successive rows differ. A row whose key is taken gets a free key nearby, and keeps obeying all
 * other constraints. Rows are a function of the rows before them, so a run that is resumed gets the same ones.
 */
public final class UniqueRows {

    /** The largest number of keys that are kept in memory. */
    public static final int MOST_ROWS = 5_000_000;

    /** Random changes of a row that are tried before the combinations are searched in order. */
    private static final int TRIES = 100;

    /** Combinations that are tried per row that is asked for, to see whether there are enough. */
    private static final int TRIES_A_ROW = 20;

    private static final int LEAST_TRIES = 100_000;

    private final Constraints constraints;
    private final RowRules rules;
    private final UniqueKey key;
    private final Set<List<Double>> taken = new HashSet<>();
    private final Map<Integer, KeySpace> spaces = new HashMap<>();
    private long number;

    /** @param constraints with a {@link Constraints#key key}, and with learnt values if any are to be learnt */
    public UniqueRows(Constraints constraints) {
        this.constraints = constraints;
        this.rules = constraints.rules();
        this.key = constraints.key().orElseThrow();
    }

    /** Takes the key of a row that exists already. */
    public void reserve(int label, TableRow row) {
        key.of(rules.codes(label, row)).ifPresent(taken::add);
    }

    /**
     * Returns the next row, with another key if its own is taken.
     *
     * @throws IllegalStateException if no key is left
     */
    public TableRow next(int label, TableRow row) {
        double[] codes = rules.codes(label, row);
        long own = number++;
        Optional<List<Double>> wanted = key.of(codes);
        if (wanted.isEmpty() || taken.add(wanted.get())) {
            return row;
        }
        return constraints.known(label, rules.row(nearby(codes, own).orElseGet(() -> inOrder(label, codes))));
    }

    /** The samples with keys that differ. */
    public List<Sample> next(List<Sample> samples) {
        List<Sample> unique = new ArrayList<>(samples.size());
        for (Sample sample : samples) {
            TableRow row = sample.payload().row().orElseThrow();
            unique.add(new Sample(sample.id(), sample.label(), next(sample.label(), row), sample.parent()));
        }
        return unique;
    }

    /** Changes one column of the key at random, by more and more. */
    private Optional<double[]> nearby(double[] codes, long own) {
        List<Integer> changeable = key.columns().stream()
                .filter(column -> column < rules.columns().learnt())
                .toList();
        RandomGenerator random = new Seed(own).derive("unique").generator();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            double[] changed = codes.clone();
            int column = changeable.get(random.nextInt(changeable.size()));
            changed[column] = changed(column, codes[column], attempt, random);
            rules.complete(changed);
            if (rules.hold(changed) && key.of(changed).filter(taken::add).isPresent()) {
                return Optional.of(changed);
            }
        }
        return Optional.empty();
    }

    private double changed(int column, double code, int attempt, RandomGenerator random) {
        if (rules.columns().get(column) instanceof NumericColumn numeric) {
            double range = numeric.max() - numeric.min();
            double reach = Math.max(numeric.step() * attempt, range * attempt * attempt / (TRIES * (double) TRIES));
            return numeric.round(code + (2 * random.nextDouble() - 1) * reach);
        }
        return random.nextInt(
                ((CategoricalColumn) rules.columns().get(column)).categories().size());
    }

    private double[] inOrder(int label, double... codes) {
        KeySpace space = spaces.computeIfAbsent(label, any -> new KeySpace(rules.columns(), key.columns(), any));
        for (List<Double> combination = space.next(); combination != null; combination = space.next()) {
            if (!taken.contains(combination)) {
                Optional<double[]> row = with(combination, codes);
                if (row.isPresent()) {
                    taken.add(combination);
                    return row.get();
                }
            }
        }
        throw new IllegalStateException("no more values of " + String.join(", ", key.names())
                + " are left that no other row has: ask for fewer rows");
    }

    /** The row with these values of the key that obeys all conditions, and is like the given one otherwise. */
    private Optional<double[]> with(List<Double> combination, double... codes) {
        double[] changed = codes.clone();
        for (int i = 0; i < combination.size(); i++) {
            changed[key.columns().get(i)] = combination.get(i);
        }
        return new RowSearch(rules, changed).keeping(key.columns()).found();
    }

    /**
     * Counts keys that a row of a label can have.
     *
     * @param most number at which counting ends
     */
    long count(int label, long most) {
        KeySpace space = new KeySpace(rules.columns(), key.columns(), label);
        boolean free =
                rules.conditions().stream().flatMapToInt(Condition::columns).noneMatch(key.columns()::contains);
        if (free) {
            return (long) Math.min(most, space.size());
        }
        double[] example = rules.example(label).orElseThrow();
        Set<List<Double>> found = new HashSet<>();
        long tries = Math.max(LEAST_TRIES, TRIES_A_ROW * most);
        for (List<Double> combination = space.next();
                combination != null && found.size() < most && tries-- > 0;
                combination = space.next()) {
            if (with(combination, example).isPresent()) {
                found.add(combination);
            }
        }
        return found.size();
    }
}
