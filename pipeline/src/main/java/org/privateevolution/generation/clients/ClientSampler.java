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
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Seed;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.table.RowSampler;

/**
 * RANDOM_API and VARIATION_API of clients, from a sampler of joined rows. A joined row gives the root columns and the
 * numbers of rows. Each row of a child is drawn from many joined rows, given the root columns and the numbers of rows
 * and, if rows are ordered, the row before.
 */
public final class ClientSampler {

    /** Number of joined rows that children's rows are drawn from, over all labels. */
    private static final int POOL = 30_000;

    /** The least number of them for a label. */
    private static final int POOL_OF_A_LABEL = 3_000;

    /** How often a row that the client already has is drawn again before it is taken. */
    private static final int ATTEMPTS = 5;

    private final ClientTables tables;
    private final TableSchema joined;
    private final RowSampler rows;
    private final int pool;
    private final Seed seed;
    private final Map<Integer, List<Draws>> draws = new HashMap<>();

    /**
     * The rows of one child.
     *
     * @param first draws rows without a row before; every row, if rows are not ordered; null if no joined row has any
     * @param following draws rows that have one; null if no joined row has one
     */
    private record Draws(ConditionalRows first, ConditionalRows following) {}

    /**
     * @param rows draws and varies joined rows
     * @param labels number of labels
     * @param seed of the pools
     */
    public ClientSampler(ClientTables tables, RowSampler rows, int labels, Seed seed) {
        this.tables = tables;
        this.joined = tables.joined();
        this.rows = rows;
        this.pool = Math.max(POOL_OF_A_LABEL, POOL / labels);
        this.seed = seed;
    }

    /** Draws a client of a label. */
    public ClientRecord random(int label, RandomGenerator random) {
        TableRow own = rows.random(label, random);
        List<List<TableRow>> children = new ArrayList<>();
        for (int child = 0; child < tables.children().size(); child++) {
            children.add(extended(label, own, child, List.of(), random));
        }
        return new ClientRecord(tables.join(own, children, 0));
    }

    /**
     * Varies a client: its root columns and numbers of rows as a row of a table; each of its rows is redrawn with the
     * degree as its probability, and rows are added or removed as the new number says.
     *
     * @param degree 0 to 1
     */
    public ClientRecord varied(int label, ClientRecord client, double degree, RandomGenerator random) {
        TableRow own = rows.varied(label, client.rows().get(random.nextInt(client.rows().size())), degree, random);
        List<List<TableRow>> children = new ArrayList<>();
        for (int child = 0; child < tables.children().size(); child++) {
            List<TableRow> kept = new ArrayList<>(tables.rows(client, child));
            while (kept.size() > number(label, own, child)) {
                kept.remove(random.nextInt(kept.size()));
            }
            for (int i = 0; i < kept.size(); i++) {
                if (random.nextDouble() < degree) {
                    kept.set(i, next(label, own, child, kept.subList(0, i), random));
                }
            }
            children.add(extended(label, own, child, kept, random));
        }
        return new ClientRecord(tables.join(own, children, 0));
    }

    private int number(int label, TableRow own, int child) {
        return draws(label).get(child).first() == null ? 0 : (int) own.code(tables.count(child));
    }

    /** Adds rows until there are as many as a client has, and puts them in order. */
    private List<TableRow> extended(
            int label, TableRow own, int child, List<TableRow> kept, RandomGenerator random) {
        List<TableRow> all = new ArrayList<>(kept);
        Set<TableRow> standing = new HashSet<>(kept);
        while (all.size() < number(label, own, child)) {
            TableRow drawn = next(label, own, child, all, random);
            for (int attempt = 1; attempt < ATTEMPTS && standing.contains(drawn); attempt++) {
                drawn = next(label, own, child, all, random);
            }
            standing.add(drawn);
            all.add(drawn);
        }
        ChildTable table = tables.children().get(child);
        if (table.ordered()) {
            int order = table.orderColumn();
            all.sort((a, b) -> Double.compare(a.code(order), b.code(order)));
        }
        return all;
    }

    /** Draws a row that follows those before it. */
    private TableRow next(int label, TableRow own, int child, List<TableRow> before, RandomGenerator random) {
        ChildTable table = tables.children().get(child);
        int first = tables.first(child);
        int width = table.schema().size();
        Draws from = draws(label).get(child);
        if (from.following() == null || before.isEmpty()) {
            return new TableRow(
                    Arrays.copyOfRange(from.first().draw(own, random).codes(), first, first + width));
        }
        TableRow former = before.get(before.size() - 1);
        double[] given = own.codes();
        System.arraycopy(former.codes(), 0, given, tables.before(child), width);
        TableRow drawn = from.following().draw(new TableRow(given), random);
        double[] codes = Arrays.copyOfRange(drawn.codes(), first, first + width);
        int order = table.orderColumn();
        NumericColumn column = (NumericColumn) table.schema().columns().get(order);
        codes[order] = Math.min(column.max(), former.code(order) + drawn.code(tables.before(child) + order));
        return new TableRow(codes);
    }

    private synchronized List<Draws> draws(int label) {
        return draws.computeIfAbsent(label, this::drawn);
    }

    private List<Draws> drawn(int label) {
        RandomGenerator random = seed.derive("joined rows").derive(label).generator();
        List<TableRow> pool = IntStream.range(0, this.pool)
                .mapToObj(i -> rows.random(label, random))
                .toList();
        return IntStream.range(0, tables.children().size())
                .mapToObj(child -> drawn(pool, child))
                .toList();
    }

    private Draws drawn(List<TableRow> pool, int child) {
        ChildTable table = tables.children().get(child);
        int width = table.schema().size();
        int[] own = IntStream.concat(
                        IntStream.range(0, tables.root().size()),
                        IntStream.range(0, tables.children().size()).map(tables::count))
                .toArray();
        int[] columns =
                IntStream.range(tables.first(child), tables.first(child) + width).toArray();
        List<TableRow> held =
                pool.stream().filter(row -> row.code(tables.count(child)) > 0).toList();
        if (!table.ordered()) {
            return new Draws(conditional(held, own, columns), null);
        }
        int step = tables.before(child) + table.orderColumn();
        int[] former = IntStream.range(tables.before(child), tables.before(child) + width)
                .filter(column -> column != step)
                .toArray();
        int[] changed = IntStream.concat(
                        Arrays.stream(columns).filter(column -> column != tables.first(child) + table.orderColumn()),
                        IntStream.of(step))
                .toArray();
        List<TableRow> firsts =
                held.stream().filter(row -> Double.isNaN(row.code(step))).toList();
        return new Draws(
                conditional(firsts.isEmpty() ? held : firsts, own, columns),
                conditional(
                        held.stream()
                                .filter(row -> !Double.isNaN(row.code(step)))
                                .toList(),
                        IntStream.concat(Arrays.stream(own), Arrays.stream(former))
                                .toArray(),
                        changed));
    }

    /** Null if there are no rows. */
    private ConditionalRows conditional(List<TableRow> pool, int[] given, int... drawn) {
        return pool.isEmpty() ? null : new ConditionalRows(joined, pool, given, drawn);
    }
}
