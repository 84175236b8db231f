package org.privateevolution.spark.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.privateevolution.evaluation.outside.ComparedColumn.Categories;
import org.privateevolution.evaluation.outside.ComparedColumn.Numbers;
import org.privateevolution.evaluation.outside.ComparedColumn.Unit;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.WrittenTable;

/**
 * Lays tables of clients side by side for comparison, OUTSIDE the guarantee. Columns have the names of a joined row,
 * see {@link ClientTables}; those of child tables hold numbers, or texts, alike for all formats of files.
 *
 * @param key column of the client in the root table, and in what is joined
 * @param labels label columns, which belong to the client
 */
record JoinedClients(ClientTables tables, String key, List<String> labels) {

    private static final String ORDER = "_pe_order";
    private static final String ROWS = "_pe_rows";
    private static final String CHOSEN = "_pe_chosen";

    /**
     * Refuses tables that cannot be joined.
     *
     * @throws PrivateDataException if a column or key is missing, a record is not sound, or two rows of the root table
     *     have one key
     */
    void require(ClientFiles files, boolean real) {
        requireColumns(files.root(), List.of(key));
        requireSound(files.root());
        for (int child = 0; child < tables.children().size(); child++) {
            ChildTable table = tables.children().get(child);
            List<String> needed = new ArrayList<>(List.of(keyOf(files, child)));
            table.schema().columns().forEach(column -> needed.add(column.name()));
            requireColumns(files.child(child), needed);
            if (files.children().get(child).isPresent()) {
                requireSound(files.child(child));
            }
        }
        if (real && repeatedKeys(files) > 0) {
            throw new PrivateDataException(files.root().location()
                    + (files.isWide()
                            ? ": rows of one client differ in tabular.columns, or have no key"
                            : ": rows have no key, or that of another row, but each client has one row")
                    + "; the key is " + key);
        }
    }

    private static void requireColumns(Table table, List<String> needed) {
        needed.stream()
                .filter(name -> !table.names().contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new PrivateDataException(table.location() + " has no column " + name
                            + ", which the configuration declares; it has " + String.join(", ", table.names()));
                });
    }

    private static void requireSound(Table table) {
        List<Row> unsound;
        try {
            unsound = table.rows()
                    .select(TextRecords.PROBLEM)
                    .where(functions.col(TextRecords.PROBLEM).isNotNull())
                    .takeAsList(1);
        } catch (Exception e) {
            throw WrittenTable.unreadable(table.location(), e);
        }
        if (!unsound.isEmpty()) {
            throw new PrivateDataException(
                    PrivateDataException.Reason.RECORD,
                    table.location() + ": a record is not sound: "
                            + unsound.get(0).getString(0));
        }
    }

    private String keyOf(ClientFiles files, int child) {
        return files.children().get(child).isPresent()
                ? tables.children().get(child).key()
                : key;
    }

    private static Column text(String name) {
        return Columns.named(name).cast(DataTypes.StringType);
    }

    /** Number of rows of the root table. */
    long size(ClientFiles files) {
        return root(files).count();
    }

    /** Number of rows of the root table without a key, or with that of another row. */
    long repeatedKeys(ClientFiles files) {
        Dataset<Row> keys = root(files).select(Columns.named(key));
        return keys.count() - keys.na().drop().distinct().count();
    }

    /** Number of rows of a child table. */
    long size(ClientFiles files, int child) {
        return files.child(child).rows().count();
    }

    /** Number of rows of a child table whose key is that of a client. */
    long belonging(ClientFiles files, int child) {
        Dataset<Row> keys = root(files).select(Columns.named(key)).distinct();
        return files.child(child)
                .rows()
                .select(text(keyOf(files, child)).as(key))
                .join(keys, key)
                .count();
    }

    /** Number of clients that have more rows in a child table than its limit. */
    long beyondLimit(ClientFiles files, int child) {
        return files.child(child)
                .rows()
                .groupBy(text(keyOf(files, child)).as(key))
                .agg(functions.count(functions.lit(1)).as(ROWS))
                .join(root(files).select(Columns.named(key)).distinct(), key)
                .where(functions.col(ROWS).gt(tables.children().get(child).most()))
                .count();
    }

    /** The root table with the key as a text. If the rows of a child are in it, one row for each client in it. */
    private Dataset<Row> root(ClientFiles files) {
        List<String> declared = Stream.concat(
                        tables.root().columns().stream().map(org.privateevolution.model.Column::name), labels.stream())
                .toList();
        List<String> taken = List.of(tables.joined().columns().stream()
                .skip(tables.root().size())
                .map(org.privateevolution.model.Column::name)
                .toArray(String[]::new));
        List<Column> columns = new ArrayList<>(List.of(text(key).as(key)));
        files.root().names().stream()
                .filter(name -> !name.equals(key) && !taken.contains(name))
                .filter(name -> !files.isWide() || declared.contains(name))
                .map(Columns::named)
                .forEach(columns::add);
        Dataset<Row> selected = files.root().rows().select(columns.toArray(Column[]::new));
        return files.isWide() ? selected.distinct() : selected;
    }

    /**
     * One row for each client: its root columns and, for each child table, the number of its rows and the columns of
     * one of them. All of the client's rows decide which one it is, and each is as likely as any other.
     */
    Table clients(ClientFiles files) {
        Dataset<Row> joined = root(files);
        for (int child = 0; child < tables.children().size(); child++) {
            joined = joined.join(chosen(files, child), new String[] {key}, "left_outer");
            String rows = tables.joined().columns().get(tables.count(child)).name();
            joined = joined.withColumn(rows, functions.coalesce(Columns.named(rows), functions.lit(0L)));
        }
        return table(joined, files.root().location());
    }

    private Dataset<Row> chosen(ClientFiles files, int child) {
        List<String> names = names(child, tables.first(child));
        Column[] columns = names.stream().map(Columns::named).toArray(Column[]::new);
        Column[] all = Stream.concat(Stream.of(Columns.named(key)), Arrays.stream(columns))
                .toArray(Column[]::new);
        Column sorted = functions.sort_array(functions.collect_list(functions.struct(columns)));
        String count = tables.joined().columns().get(tables.count(child)).name();
        Dataset<Row> grouped = coded(files, child)
                .select(all)
                .groupBy(Columns.named(key))
                .agg(functions.count(functions.lit(1)).as(count), sorted.as(ROWS));
        Column index = functions.pmod(
                functions.xxhash64(functions.col(ROWS)),
                functions.size(functions.col(ROWS)).cast(DataTypes.LongType));
        Dataset<Row> one = grouped.select(
                Columns.named(key),
                Columns.named(count),
                functions
                        .element_at(
                                functions.col(ROWS),
                                index.cast(DataTypes.IntegerType).plus(1))
                        .as(CHOSEN));
        List<Column> flat = new ArrayList<>(List.of(Columns.named(key), Columns.named(count)));
        names.forEach(name -> flat.add(functions.col(CHOSEN).getField(name).as(name)));
        return one.select(flat.toArray(Column[]::new));
    }

    /**
     * All rows of a child table that belong to a client, each with the client's root columns and with the columns of
     * the row before, or of another row of the client if rows have no order; null where there is none. In place of the
     * former value of the column that orders rows stands the step from it.
     */
    Table rows(ClientFiles files, int child) {
        ChildTable table = tables.children().get(child);
        List<String> now = names(child, tables.first(child));
        List<String> then = names(child, tables.other(child));
        Dataset<Row> coded = coded(files, child);
        WindowSpec window = table.ordered()
                ? Window.partitionBy(Columns.named(key))
                        .orderBy(Columns.named(now.get(table.orderColumn())), functions.col(ORDER))
                : Window.partitionBy(Columns.named(key)).orderBy(functions.col(ORDER));
        List<Column> columns = new ArrayList<>(List.of(Columns.named(key)));
        now.forEach(name -> columns.add(Columns.named(name)));
        for (int c = 0; c < now.size(); c++) {
            Column own = Columns.named(now.get(c));
            Column former = functions.lag(own, 1).over(window);
            boolean isStep = table.ordered() && c == table.orderColumn();
            columns.add((isStep ? own.minus(former) : former).as(then.get(c)));
        }
        List<Column> own = new ArrayList<>(List.of(Columns.named(key)));
        Dataset<Row> root = root(files);
        List<String> present = List.of(root.columns());
        rootNames().stream().filter(present::contains).map(Columns::named).forEach(own::add);
        return table(
                root.select(own.toArray(Column[]::new)).join(coded.select(columns.toArray(Column[]::new)), key),
                files.child(child).location());
    }

    /** Names of the client's columns in {@link #rows}: the learnt ones, and the labels. */
    List<String> rootNames() {
        return Stream.concat(
                        tables.root().columns().stream().map(org.privateevolution.model.Column::name), labels.stream())
                .toList();
    }

    /** Names of a child's columns among those of a joined row, from an index on. */
    List<String> names(int child, int first) {
        return tables
                .joined()
                .columns()
                .subList(first, first + tables.children().get(child).schema().size())
                .stream()
                .map(org.privateevolution.model.Column::name)
                .toList();
    }

    /** The rows of a child table with their key, coded, and with a random number each. */
    private Dataset<Row> coded(ClientFiles files, int child) {
        List<String> names = names(child, tables.first(child));
        List<Column> columns = new ArrayList<>(List.of(text(keyOf(files, child)).as(key)));
        for (int c = 0; c < names.size(); c++) {
            org.privateevolution.model.Column declared =
                    tables.children().get(child).schema().columns().get(c);
            Column value = Columns.named(declared.name());
            columns.add((declared instanceof NumericColumn
                            ? functions.udf(new Code(), DataTypes.DoubleType).apply(value)
                            : functions
                                    .udf(new Category(), DataTypes.StringType)
                                    .apply(value))
                    .as(names.get(c)));
        }
        // Rows that equal each other must not follow each other more than others do.
        columns.add(functions
                .xxhash64(functions.lit(1L), functions.monotonically_increasing_id())
                .as(ORDER));
        return files.child(child)
                .rows()
                .select(columns.toArray(Column[]::new))
                .where(Columns.named(key).isNotNull());
    }

    private static Table table(Dataset<Row> rows, String location) {
        return new Table(
                rows.withColumn(TextRecords.PROBLEM, functions.lit(null).cast(DataTypes.StringType)), location);
    }

    /** The number of a value; null where it has none. */
    record Code() implements UDF1<Object, Double>, Serializable {
        private static final Numbers NUMBERS = new Numbers("", Unit.NUMBER, new double[0], 0, 0, 0, 0);

        @Override
        public Double call(Object value) {
            double code = NUMBERS.code(value);
            return Double.isNaN(code) ? null : code;
        }
    }

    /** The text of a category; null where it has none. */
    record Category() implements UDF1<Object, String>, Serializable {
        @Override
        public String call(Object value) {
            String text = value == null ? "" : Categories.textOf(value);
            return text.isEmpty() ? null : text;
        }
    }
}
