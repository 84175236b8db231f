package org.privateevolution.generation.clients;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.privateevolution.constraint.ClientConstraints;
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
 * numbers of rows. Each row of a child is drawn from many joined rows, given the root columns, the numbers of rows, and
 * another row of the client: the one before, with its place in the order, if rows are ordered; otherwise any that is
 * there already.
 */
public final class ClientSampler {

    /** Number of joined rows that children's rows are drawn from, over all labels. */
    private static final int POOL = 30_000;

    /** The least number of them for a label. */
    private static final int POOL_OF_A_LABEL = 3_000;

    /** How often a row that breaks a constraint is drawn again before it is repaired. */
    private static final int DRAWS = 50;

    /** How often a row that the client already has is drawn again before it is taken. */
    private static final int ATTEMPTS = 5;

    private final ClientTables tables;
    private final TableSchema joined;
    private final RowSampler rows;
    private final int pool;
    private final Seed seed;
    private final ClientConstraints constraints;
    private final Map<Integer, Conditionals> draws = new HashMap<>();

    /**
     * What is drawn for the clients of a label.
     *
     * @param numbers draws the numbers of rows
     * @param rows for each child
     */
    private record Conditionals(ConditionalRows numbers, List<Draws> rows) {}

    /**
     * The rows of one child.
     *
     * @param first draws a client's first row; null if no joined row has any
     * @param following draws all others beside one that the client has; null if no joined row has another beside it
     */
    private record Draws(ConditionalRows first, ConditionalRows following) {}

    /**
     * @param rows draws and varies joined rows
     * @param labels number of labels
     * @param seed of the pools
     * @param constraints constraints that clients and their rows obey
     */
    public ClientSampler(ClientTables tables, RowSampler rows, int labels, Seed seed, ClientConstraints constraints) {
        this.tables = tables;
        this.joined = tables.joined();
        this.rows = rows;
        this.pool = Math.max(POOL_OF_A_LABEL, POOL / labels);
        this.seed = seed;
        this.constraints = constraints;
    }

    /** A sampler of clients without constraints. */
    public ClientSampler(ClientTables tables, RowSampler rows, int labels, Seed seed) {
        this(tables, rows, labels, seed, ClientConstraints.none(tables));
    }

    /** Draws a client of a label. */
    public ClientRecord random(int label, RandomGenerator random) {
        TableRow own = constraints.root(label, rows.random(label, random));
        List<List<TableRow>> children = new ArrayList<>();
        for (int child = 0; child < tables.children().size(); child++) {
            children.add(extended(label, own, child, begun(label, own, child), random));
        }
        return new ClientRecord(tables.join(own, children, 0));
    }

    /** The row that stands in the joined row which gives the root columns, unless it may have others before it. */
    private List<TableRow> begun(int label, TableRow own, int child) {
        boolean ordered = tables.children().get(child).ordered();
        if (ordered || number(label, own, child) == 0) {
            return List.of();
        }
        return constraints.obeying(child, row(own, child)).map(List::of).orElse(List.of());
    }

    private TableRow row(TableRow joinedRow, int child) {
        return new TableRow(Arrays.copyOfRange(joinedRow.codes(), tables.first(child), tables.other(child)));
    }

    /**
     * Varies a client: with the degree as its probability, each row is drawn anew beside the others, and so are the
     * numbers of rows given the root columns, or the whole client. Whatever changes is drawn from the joined rows given
     * what stays, so that variations depend on each other as clients do.
     *
     * @param degree 0 to 1
     */
    public ClientRecord varied(int label, ClientRecord client, double degree, RandomGenerator random) {
        if (random.nextDouble() < degree) {
            return random(label, random);
        }
        TableRow own = client.rows().get(0);
        if (random.nextDouble() < degree) {
            own = withRoot(own, draws(label).numbers().draw(own, random));
        }
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

    /** The root columns of a joined row with everything else of another. */
    private TableRow withRoot(TableRow root, TableRow other) {
        double[] codes = other.codes();
        System.arraycopy(root.codes(), 0, codes, 0, tables.root().size());
        return new TableRow(codes);
    }

    private int number(int label, TableRow own, int child) {
        return draws(label).rows().get(child).first() == null ? 0 : (int) own.code(tables.count(child));
    }

    /** Adds rows until there are as many as a client has, and puts them in order. */
    private List<TableRow> extended(int label, TableRow own, int child, List<TableRow> kept, RandomGenerator random) {
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

    /** Draws a row that obeys the constraints beside those that the client has. */
    private TableRow next(int label, TableRow own, int child, List<TableRow> standing, RandomGenerator random) {
        TableRow drawn = drawn(label, own, child, standing, random);
        for (int draw = 1; draw < DRAWS; draw++) {
            Optional<TableRow> obeying = constraints.obeying(child, drawn);
            if (obeying.isPresent()) {
                return obeying.get();
            }
            drawn = drawn(label, own, child, standing, random);
        }
        return constraints.repaired(child, drawn);
    }

    private TableRow drawn(int label, TableRow own, int child, List<TableRow> standing, RandomGenerator random) {
        ChildTable table = tables.children().get(child);
        int first = tables.first(child);
        int other = tables.other(child);
        int width = table.schema().size();
        Draws from = draws(label).rows().get(child);
        if (from.following() == null || standing.isEmpty()) {
            return new TableRow(
                    Arrays.copyOfRange(from.first().draw(own, random).codes(), first, first + width));
        }
        TableRow beside = standing.get(table.ordered() ? standing.size() - 1 : 0);
        double[] given = own.codes();
        System.arraycopy(beside.codes(), 0, given, other, width);
        if (table.ordered()) {
            given[first + table.orderColumn()] = beside.code(table.orderColumn());
        }
        TableRow drawn = from.following().draw(new TableRow(given), random);
        double[] codes = Arrays.copyOfRange(drawn.codes(), first, first + width);
        if (table.ordered()) {
            int order = table.orderColumn();
            NumericColumn column = (NumericColumn) table.schema().columns().get(order);
            codes[order] = Math.min(column.max(), beside.code(order) + drawn.code(other + order));
        }
        return new TableRow(codes);
    }

    private synchronized Conditionals draws(int label) {
        return draws.computeIfAbsent(label, this::drawn);
    }

    private Conditionals drawn(int label) {
        RandomGenerator random = seed.derive("joined rows").derive(label).generator();
        List<TableRow> all = IntStream.range(0, pool)
                .mapToObj(i -> rows.random(label, random))
                .toList();
        int[] root = IntStream.range(0, tables.root().size()).toArray();
        return new Conditionals(
                conditional(all, root, numbers()),
                IntStream.range(0, tables.children().size())
                        .mapToObj(child -> drawn(all, child))
                        .toList());
    }

    /** The columns with the numbers of rows. */
    private int[] numbers() {
        return IntStream.range(0, tables.children().size()).map(tables::count).toArray();
    }

    private Draws drawn(List<TableRow> pool, int child) {
        ChildTable table = tables.children().get(child);
        int width = table.schema().size();
        int[] own = joined(IntStream.range(0, tables.root().size()).toArray(), numbers());
        int[] columns = IntStream.range(tables.first(child), tables.first(child) + width)
                .toArray();
        List<TableRow> held = obeying(
                pool.stream().filter(row -> row.code(tables.count(child)) > 0).toList(), child);
        int[] beside = IntStream.range(tables.other(child), tables.other(child) + width)
                .toArray();
        if (!table.ordered()) {
            List<TableRow> several = held.stream()
                    .filter(row -> row.code(tables.count(child)) > 1)
                    .toList();
            return new Draws(conditional(held, own, columns), conditional(several, joined(own, beside), columns));
        }
        // The step from the row before is drawn, given that row and its place in the order.
        int order = tables.first(child) + table.orderColumn();
        int step = tables.other(child) + table.orderColumn();
        List<TableRow> firsts =
                held.stream().filter(row -> Double.isNaN(row.code(step))).toList();
        List<TableRow> following = held.stream()
                .filter(row -> !Double.isNaN(row.code(step)))
                .map(row -> withFormerPlace(row, order, step))
                .toList();
        return new Draws(
                conditional(firsts.isEmpty() ? held : firsts, own, columns),
                conditional(
                        following,
                        joined(joined(own, without(step, beside)), order),
                        joined(without(order, columns), step)));
    }

    /** The joined rows whose row of the child obeys the constraints; if none does, all of them, repaired. */
    private List<TableRow> obeying(List<TableRow> held, int child) {
        List<TableRow> obeying = new ArrayList<>();
        for (TableRow row : held) {
            constraints.obeying(child, row(row, child)).ifPresent(own -> obeying.add(with(row, child, own)));
        }
        return obeying.isEmpty()
                ? held.stream()
                        .map(row -> with(row, child, constraints.repaired(child, row(row, child))))
                        .toList()
                : obeying;
    }

    private TableRow with(TableRow joinedRow, int child, TableRow own) {
        double[] codes = joinedRow.codes();
        System.arraycopy(own.codes(), 0, codes, tables.first(child), own.size());
        return new TableRow(codes);
    }

    /** The row with the place in the order of the row before in place of its own. */
    private static TableRow withFormerPlace(TableRow row, int order, int step) {
        double[] codes = row.codes();
        codes[order] -= codes[step];
        return new TableRow(codes);
    }

    private static int[] joined(int[] some, int... others) {
        return IntStream.concat(Arrays.stream(some), Arrays.stream(others)).toArray();
    }

    private static int[] without(int column, int... columns) {
        return Arrays.stream(columns).filter(other -> other != column).toArray();
    }

    /** Null if there are no rows. */
    private ConditionalRows conditional(List<TableRow> pool, int[] given, int... drawn) {
        return pool.isEmpty() ? null : new ConditionalRows(joined, pool, given, drawn);
    }
}
