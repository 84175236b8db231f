package org.privateevolution.generation.clients;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

/**
 * Draws from a pool of rows given the values of some columns: one of the rows that agree with them. As few rows agree
 * in all columns, they agree in as many as leave enough rows to choose from, beginning with the columns that say most.
 *
 * <p>The columns are chosen one after the other. The next is the one with which the drawn columns, each by itself, are
 * foretold best: a row's values by all other rows that agree with it, where a few rows say little beyond what all rows
 * say. A column that adds nothing ends the choice, however much it seems to tell of rows that have been seen.
 */
final class ConditionalRows {

    /** Fewest rows to choose from. */
    private static final int FEWEST = 20;

    /** A column has to tell at least so much more, in nats per row. */
    private static final double LEAST_GAIN = 0.002;

    /** What all rows say counts as much as this number of rows that agree. */
    private static final double PRIOR = 10;

    /** Most columns that rows have to agree in. */
    private static final int MOST_CONDITIONS = 6;

    private final List<TableRow> pool;
    private final List<Cells> conditions = new ArrayList<>();
    /** For each number of columns, the rows of each combination of cells. */
    private final List<Map<List<Integer>, int[]>> rows = new ArrayList<>();

    /**
     * @param pool at least one row
     * @param given columns whose values will be known
     * @param drawn columns that are drawn
     */
    ConditionalRows(TableSchema schema, List<TableRow> pool, int[] given, int[] drawn) {
        this.pool = pool;
        Choice choice = new Choice(schema, drawn);
        List<Integer> left = new ArrayList<>(Arrays.stream(given).boxed().toList());
        rows.add(Map.of(List.of(), choice.all()));
        while (!left.isEmpty() && conditions.size() < MOST_CONDITIONS) {
            int next = choice.next(schema, left);
            if (next < 0) {
                break;
            }
            left.remove((Integer) next);
            conditions.add(new Cells(schema.columns().get(next), next, pool));
            rows.add(choice.add(conditions.get(conditions.size() - 1)));
        }
    }

    /** The state of the choice: what the columns chosen so far divide the pool into. */
    private final class Choice {
        /** Rows that occur several times in the pool would foretell themselves. */
        private final int[] distinct;

        private final List<int[]> drawn = new ArrayList<>();
        private final int[] part = new int[pool.size()];
        private double foretold;
        private List<List<Integer>> keys = List.of(List.of());

        Choice(TableSchema schema, int... columns) {
            Set<TableRow> seen = new HashSet<>();
            distinct = IntStream.range(0, pool.size())
                    .filter(i -> seen.add(pool.get(i)))
                    .toArray();
            for (int column : columns) {
                Cells cells = new Cells(schema.columns().get(column), column, pool);
                drawn.add(pool.stream().mapToInt(cells::cell).toArray());
            }
        }

        int[] all() {
            int[] all = new int[pool.size()];
            Arrays.setAll(all, i -> i);
            return all;
        }

        /** The column that adds most; -1 if none adds anything. */
        int next(TableSchema schema, List<Integer> columns) {
            int best = -1;
            double most = foretold + LEAST_GAIN;
            for (int column : columns) {
                Cells cells = new Cells(schema.columns().get(column), column, pool);
                long[] divided = new long[part.length];
                Arrays.setAll(divided, i -> part[i] * (long) cells.count() + cells.cell(pool.get(i)));
                double reached = foretold(divided);
                if (reached > most) {
                    most = reached;
                    best = column;
                }
            }
            foretold = best < 0 ? foretold : most;
            return best;
        }

        /** Divides the pool by one more column; returns the rows of each part. */
        Map<List<Integer>, int[]> add(Cells cells) {
            Map<List<Integer>, List<Integer>> members = new HashMap<>();
            List<List<Integer>> former = keys;
            List<List<Integer>> found = new ArrayList<>();
            Map<List<Integer>, Integer> numbers = new HashMap<>();
            for (int i = 0; i < part.length; i++) {
                List<Integer> key = new ArrayList<>(former.get(part[i]));
                key.add(cells.cell(pool.get(i)));
                int number = numbers.computeIfAbsent(key, fresh -> {
                    found.add(fresh);
                    return found.size() - 1;
                });
                part[i] = number;
                members.computeIfAbsent(found.get(number), fresh -> new ArrayList<>())
                        .add(i);
            }
            keys = found;
            Map<List<Integer>, int[]> rows = new HashMap<>();
            members.forEach((key, all) ->
                    rows.put(key, all.stream().mapToInt(Integer::intValue).toArray()));
            return rows;
        }

        /** How much better the drawn columns are foretold within the parts of a division, in nats per row. */
        private double foretold(long... division) {
            return drawn.stream()
                    .mapToDouble(values -> foretold(values, division))
                    .sum();
        }

        private double foretold(int[] values, long... division) {
            Map<Integer, Integer> all = new HashMap<>();
            Map<Long, Integer> parts = new HashMap<>();
            Map<List<Long>, Integer> both = new HashMap<>();
            for (int i : distinct) {
                all.merge(values[i], 1, Integer::sum);
                parts.merge(division[i], 1, Integer::sum);
                both.merge(List.of(division[i], (long) values[i]), 1, Integer::sum);
            }
            double nats = 0;
            for (int i : distinct) {
                double usual = all.get(values[i]) / (double) distinct.length;
                double agreeing = both.get(List.of(division[i], (long) values[i])) - 1;
                double others = parts.get(division[i]) - 1;
                nats += Math.log((agreeing + PRIOR * usual) / (others + PRIOR) / usual);
            }
            return nats / distinct.length;
        }
    }

    /** Draws a row that agrees with another in the given columns, as far as enough rows do. */
    TableRow draw(TableRow given, RandomGenerator random) {
        List<Integer> key = new ArrayList<>();
        int[] chosen = rows.get(0).get(key);
        for (int depth = 1; depth < rows.size(); depth++) {
            key.add(conditions.get(depth - 1).cell(given));
            int[] agreeing = rows.get(depth).get(key);
            if (agreeing == null || agreeing.length < FEWEST) {
                break;
            }
            chosen = agreeing;
        }
        return pool.get(chosen[random.nextInt(chosen.length)]);
    }
}
