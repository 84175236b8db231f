package org.privateevolution.spark.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.SetColumn;
import org.privateevolution.spark.session.Columns;

/**
 * A written table with the columns that a run learns: values of maps under their dotted names, and the parts of a set
 * in its place. An array that is not declared as a set becomes a text of its different members, in their order.
 */
public final class DeclaredTable {

    private DeclaredTable() {}

    /** @param rows as {@link WrittenTable#open} gives them */
    public static Dataset<Row> of(Dataset<Row> rows, List<LearntColumn> declared) {
        Map<String, SetColumn> sets = new HashMap<>();
        declared.stream()
                .filter(SetColumn.class::isInstance)
                .map(SetColumn.class::cast)
                .forEach(set -> sets.put(set.name(), set));
        List<Column> columns = new ArrayList<>();
        List<String> present = Arrays.asList(rows.columns());
        for (LearntColumn column : declared) {
            if (!present.contains(column.name())) {
                NestedColumns.find(rows.schema(), column.name())
                        .ifPresent(found -> add(found.column(), field(column, found), sets, columns));
            }
        }
        // The last column says what is wrong with a record, and stays the last.
        for (StructField field : rows.schema().fields()) {
            add(Columns.named(field.name()), field, sets, columns);
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    private static StructField field(LearntColumn column, NestedColumns.Found found) {
        return DataTypes.createStructField(column.name(), found.type(), true);
    }

    private static void add(Column column, StructField field, Map<String, SetColumn> sets, List<Column> columns) {
        boolean strings = field.dataType() instanceof ArrayType array
                && array.elementType().equals(DataTypes.StringType);
        SetColumn set = sets.get(field.name());
        if (set != null && (strings || field.dataType().equals(DataTypes.StringType))) {
            Column array =
                    strings ? column : functions.from_json(column, DataTypes.createArrayType(DataTypes.StringType));
            addParts(array, set, columns);
        } else if (strings) {
            columns.add(functions
                    .array_join(functions.array_sort(functions.array_distinct(column)), ", ")
                    .as(field.name()));
        } else {
            columns.add(column.as(field.name()));
        }
    }

    private static void addParts(Column array, SetColumn set, List<Column> columns) {
        List<String> names = set.parts().stream()
                .map(org.privateevolution.model.Column::name)
                .toList();
        if (set.nullable()) {
            columns.add(array.isNull().as(names.get(0)));
        }
        Column declared =
                functions.array(set.members().stream().map(functions::lit).toArray(Column[]::new));
        for (int i = 0; i < set.members().size(); i++) {
            String member = set.members().get(i);
            Column held = functions.array_contains(array, member);
            if (member.equals(set.other())) {
                held = held.or(
                        functions.size(functions.array_except(array, declared)).gt(0));
            }
            columns.add(functions.coalesce(held, functions.lit(false)).as(names.get(set.nullable() ? i + 1 : i)));
        }
    }
}
