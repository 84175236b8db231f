package org.privateevolution.spark.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.spark.session.Columns;

/**
 * Columns within columns, by dotted names: {@code address.city} is the field {@code city} of the struct
 * {@code address}, and {@code attributes.color} the value of the key {@code color} in the map {@code attributes}. A
 * column or field whose own name contains the dot comes first.
 */
final class NestedColumns {

    private static final String DOT = ".";

    private NestedColumns() {}

    /** A column, and its type. */
    record Found(Column column, DataType type) {}

    /** Finds a column by its exact name, then within structs and maps; empty if there is none. */
    static Optional<Found> find(StructType schema, String name) {
        return find(schema, name, Columns::named)
                .map(found -> new Found(found.column().as(name), found.type()));
    }

    private static Optional<Found> find(StructType schema, String name, Function<String, Column> field) {
        List<StructField> exact = Arrays.stream(schema.fields())
                .filter(each -> each.name().equals(name))
                .toList();
        if (!exact.isEmpty()) {
            return Optional.of(new Found(field.apply(name), exact.get(0).dataType()));
        }
        return Arrays.stream(schema.fields())
                .filter(each -> name.startsWith(each.name() + DOT))
                .flatMap(each -> within(
                        field.apply(each.name()),
                        each.dataType(),
                        name.substring(each.name().length() + DOT.length()))
                        .stream())
                .findFirst();
    }

    private static Optional<Found> within(Column outer, DataType type, String name) {
        if (type instanceof StructType struct) {
            return find(struct, name, outer::getField);
        }
        if (type instanceof MapType map && map.keyType().equals(DataTypes.StringType)) {
            return ofMap(outer, map, name);
        }
        return Optional.empty();
    }

    /** A key may hold dots itself. If the values hold columns in turn, the key ends at the first dot. */
    private static Optional<Found> ofMap(Column outer, MapType map, String name) {
        boolean nested = map.valueType() instanceof StructType || map.valueType() instanceof MapType;
        int end = nested ? name.indexOf(DOT) : -1;
        if (end < 0) {
            return Optional.of(new Found(functions.try_element_at(outer, functions.lit(name)), map.valueType()));
        }
        Column value = functions.try_element_at(outer, functions.lit(name.substring(0, end)));
        return within(value, map.valueType(), name.substring(end + DOT.length()));
    }

    /** Puts the fields of structs, however deep, in place of the structs, under their dotted names. */
    static Dataset<Row> flattened(Dataset<Row> rows) {
        if (Arrays.stream(rows.schema().fields()).noneMatch(field -> field.dataType() instanceof StructType)) {
            return rows;
        }
        StructType flat = flattened(rows.schema());
        List<Column> columns = new ArrayList<>();
        for (StructField field : flat.fields()) {
            columns.add(find(rows.schema(), field.name()).orElseThrow().column());
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    /** A schema without structs. Of a column and a field of the same dotted name, it has the column. */
    static StructType flattened(StructType schema) {
        List<StructField> leaves = new ArrayList<>();
        for (StructField field : schema.fields()) {
            addLeaves(field, "", false, leaves);
        }
        List<String> own = Arrays.asList(schema.fieldNames());
        Map<String, StructField> flat = new LinkedHashMap<>();
        for (StructField leaf : leaves) {
            flat.putIfAbsent(leaf.name(), own.contains(leaf.name()) ? schema.apply(leaf.name()) : leaf);
        }
        return new StructType(flat.values().toArray(StructField[]::new));
    }

    private static void addLeaves(StructField field, String prefix, boolean nullable, List<StructField> leaves) {
        String name = prefix + field.name();
        boolean maybeNull = nullable || field.nullable();
        if (field.dataType() instanceof StructType struct) {
            for (StructField inner : struct.fields()) {
                addLeaves(inner, name + DOT, maybeNull, leaves);
            }
        } else {
            leaves.add(DataTypes.createStructField(name, field.dataType(), maybeNull, field.metadata()));
        }
    }

    /** Names that could be meant in place of a column that does not exist. */
    static List<String> names(StructType schema) {
        List<String> names = new ArrayList<>(Arrays.asList(schema.fieldNames()));
        for (StructField field : flattened(schema).fields()) {
            if (!names.contains(field.name())) {
                names.add(field.name());
            }
        }
        return names;
    }
}
