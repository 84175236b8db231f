package org.privateevolution.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.generation.tabular.GeneratedValues;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.clients.ClientEstimate;
import org.privateevolution.spark.clients.KeyedTables;

/**
 * A table that is made of the points that are drawn from an estimate.
 *
 * @param schema its columns
 * @param rows what each drawn point becomes
 */
record DrawnTable(StructType schema, PointRows rows) {

    /** What a drawn point becomes; used on executors. */
    interface PointRows extends Serializable {

        /** @param number of the drawn point, from 0: no two drawn points share one */
        Stream<Row> of(Row point, long number);
    }

    /** A table whose rows are the points, with made-up values. */
    static DrawnTable of(StructType schema, GeneratedValues values) {
        return new DrawnTable(schema, new Completed(values));
    }

    /** The root table of clients, one row for each. */
    static DrawnTable root(RunSpec spec, KeyedTables tables) {
        return new DrawnTable(tables.rootSchema(), new Client(tables, ClientEstimate.firstArray(spec)));
    }

    /** The child tables of clients, by name. */
    static Map<String, DrawnTable> children(RunSpec spec, KeyedTables tables) {
        Map<String, DrawnTable> children = new LinkedHashMap<>();
        List<String> names = tables.childNames();
        for (int child = 0; child < names.size(); child++) {
            children.put(
                    names.get(child),
                    new DrawnTable(
                            tables.childSchema(child),
                            new ClientRows(tables, child, ClientEstimate.firstArray(spec) + child)));
        }
        return children;
    }

    private static List<Object> values(Row row, int columns) {
        Object[] values = new Object[columns];
        Arrays.setAll(values, row::get);
        return Arrays.asList(values);
    }

    record Completed(GeneratedValues values) implements PointRows {

        @Override
        public Stream<Row> of(Row point, long number) {
            return Stream.of(
                    values.isEmpty()
                            ? point
                            : RowFactory.create(values.complete(DrawnTable.values(point, point.size()), number)
                                    .toArray()));
        }
    }

    /** @param columns number of columns before the arrays of rows */
    record Client(KeyedTables tables, int columns) implements PointRows {

        @Override
        public Stream<Row> of(Row point, long number) {
            return Stream.of(tables.root(values(point, columns), number));
        }
    }

    /** @param array index of the array with the rows of the child table */
    record ClientRows(KeyedTables tables, int child, int array) implements PointRows {

        @Override
        public Stream<Row> of(Row point, long number) {
            List<Row> rows = new ArrayList<>(point.getList(array));
            return IntStream.range(0, rows.size()).mapToObj(place -> {
                Row row = rows.get(place);
                return tables.child(child, values(row, row.size()), number, place);
            });
        }
    }
}
