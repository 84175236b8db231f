package org.privateevolution.spark.source;

import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.SetColumn;

/** Refuses private columns whose type in the source no declaration fits, before any record is read. */
final class ColumnTypes {

    private ColumnTypes() {}

    /**
     * Checks the columns of a table, and the labels.
     *
     * @param columns columns of values and of sets
     * @param opened the opened columns; text formats have strings only
     * @throws PrivateDataException if the values of a column cannot be read as declared; names and types are public
     */
    static void require(List<? extends LearntColumn> columns, StructType opened) {
        for (LearntColumn column : columns) {
            String problem = problem(
                    column.name(),
                    column instanceof SetColumn,
                    opened.apply(column.name()).dataType());
            if (!problem.isEmpty()) {
                throw new PrivateDataException(
                        PrivateDataException.Reason.COLUMN, "private_data: column '" + column.name() + "' " + problem);
            }
        }
    }

    /** What is wrong, worded to follow the column's name; empty if nothing is. */
    private static String problem(String name, boolean set, DataType type) {
        if (type instanceof NullType) {
            // All of its values are null, which the declaration allows or not.
            return "";
        }
        if (type instanceof BinaryType) {
            return "is binary, and cannot be learnt: leave it out, or write it as a text or number first";
        }
        if (type instanceof StructType struct) {
            String first = struct.isEmpty() ? "field" : struct.fieldNames()[0];
            return "is a struct: declare its fields instead, by names such as " + name + "." + first;
        }
        if (type instanceof MapType map) {
            return map.keyType().equals(DataTypes.StringType)
                    ? "is a map: declare its keys instead, by names such as " + name + ".KEY"
                    : "is a map whose keys are not strings: cast them to strings first";
        }
        if (type instanceof ArrayType array) {
            if (!(array.elementType() instanceof StringType)) {
                return "is an array of " + array.elementType().simpleString()
                        + ", but only sets of strings can be learnt: cast its members to strings first";
            }
            return set ? "" : "is an array: declare it with type: " + SetColumn.TYPE + " and its members as categories";
        }
        if (set) {
            return type instanceof StringType
                    ? ""
                    : "is declared as " + SetColumn.TYPE + ", but is of type " + type.simpleString();
        }
        return Draftable.type(type) != null || type instanceof StringType
                ? ""
                : "is of type " + type.simpleString()
                        + ", which cannot be learnt: leave it out, or cast it to another type first";
    }
}
