package org.privateevolution.generation.clients;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

/**
 * Draws from a pool of rows given the values of some columns: one of the rows that agree with them. As few rows agree
 * in all columns, they agree in as many as leave enough rows to choose from, beginning with the columns that say most.
 *
 * <p>The columns are chosen one after the other. The next is the one that, together with those before it, has the
 * greatest mutual information with the drawn columns, each by itself, less what that information would be by chance,
 * (cells - 1) (values - 1) / (2 rows) (Miller 1955). A column that adds nothing beyond chance ends the choice.
 */
final class ConditionalRows {

    /** Fewest rows to choose from. */
    private static final int FEWEST = 20;

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
        private final List<int[]> drawn = new ArrayList<>();
        private final List<Integer> values = new ArrayList<>();
        private final double distinct = pool.stream().distinct().count();
        private final int[] part = new int[pool.size()];
        private double information;
        private List<List<Integer>> keys = List.of(List.of());

        Choice(TableSchema schema, int... columns) {
            for (int column : columns) {
                Cells cells = new Cells(schema.columns().get(column), column, pool);
                drawn.add(pool.stream().mapToInt(cells::cell).toArray());
                values.add(cells.count());
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
            double most = information;
            for (int column : columns) {
                Cells cells = new Cells(schema.columns().get(column), column, pool);
                double reached = information(divided(cells));
                if (reached > most) {
                    most = reached;
                    best = column;
                }
            }
            information = most;
            return best;
        }

        private long[] divided(Cells cells) {
            long[] divided = new long[part.length];
            Arrays.setAll(divided, i -> part[i] * (long) cells.count() + cells.cell(pool.get(i)));
            return divided;
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

        /** Mutual information of a division with each drawn column, in nats per row, above chance. */
        private double information(long... division) {
            Frequencies first = Frequencies.of(division);
            double sum = 0;
            for (int d = 0; d < drawn.size(); d++) {
                int[] cells = drawn.get(d);
                int width = values.get(d);
                long[] both = new long[division.length];
                Arrays.setAll(both, i -> division[i] * width + cells[i]);
                Frequencies second =
                        Frequencies.of(Arrays.stream(cells).asLongStream().toArray());
                double chance = (first.values() - 1) * (second.values() - 1) / (2 * distinct);
                sum += first.entropy() + second.entropy() - Frequencies.of(both).entropy() - chance;
            }
            return sum;
        }
    }

    /**
     * How often values occur.
     *
     * @param values number of different values
     * @param entropy in nats
     */
    private record Frequencies(double values, double entropy) {

        static Frequencies of(long... of) {
            long[] sorted = of.clone();
            Arrays.sort(sorted);
            int values = 0;
            double entropy = 0;
            for (int from = 0; from < sorted.length; ) {
                int to = from;
                while (to < sorted.length && sorted[to] == sorted[from]) {
                    to++;
                }
                double share = (to - from) / (double) sorted.length;
                entropy -= share * Math.log(share);
                values++;
                from = to;
            }
            return new Frequencies(values, entropy);
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
