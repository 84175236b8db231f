package org.privateevolution.spark.clients;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.Column;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.UndeclaredValueException;
import org.privateevolution.spark.parsing.ReadAhead;
import org.privateevolution.spark.source.PrivateColumns;

/**
 * Reads the records of one private table as parts of clients: the client's key, which table the row belongs to, and the
 * codes of the columns. A record that does not fit its declaration ends the partition with a part that holds only the
 * reason, because Spark would retry and log an exception thrown in a task.
 *
 * @param columns columns of the table, with the key as the client column
 * @param root number of columns, the first ones, that are root columns
 * @param child index of the child table that the others belong to, or {@link #NONE}
 * @param table what reasons begin with to name the table; empty if it is the root table
 */
record ClientPart(PrivateColumns columns, int root, int child, String table)
        implements MapPartitionsFunction<Row, Row> {

    static final int NONE = -1;

    static final String KEY = "key";
    static final String ROOT = "root";

    /** The root columns are null in a row of a child table alone. */
    static final StructType SCHEMA = new StructType()
            .add(KEY, DataTypes.StringType, true)
            .add(ROOT, DataTypes.BinaryType, true)
            .add("label", DataTypes.IntegerType, true)
            .add("child", DataTypes.IntegerType, true)
            .add("row", DataTypes.BinaryType, true)
            .add("problem", DataTypes.StringType, true);

    @Override
    public Iterator<Row> call(Iterator<Row> records) {
        return new ReadAhead<>() {
            @Override
            protected Row read() {
                if (!records.hasNext()) {
                    return null;
                }
                try {
                    return part(records.next());
                } catch (UndeclaredValueException e) {
                    return last(refused(table + e.getMessage()));
                }
            }
        };
    }

    private Row part(Row record) {
        columns.requireSound(record);
        Object key = columns.client(record);
        List<LearntColumn> declared = columns.features();
        return RowFactory.create(
                key.toString(),
                root == 0 ? null : codes(record, declared, 0, root),
                root == 0 ? null : columns.label(record),
                child,
                child == NONE ? null : codes(record, declared, root, declared.size()),
                null);
    }

    static Row refused(String problem) {
        return RowFactory.create(null, null, null, null, null, problem);
    }

    private static byte[] codes(Row record, List<LearntColumn> declared, int from, int to) {
        double[] codes = new double[to - from];
        for (int i = from; i < to; i++) {
            // Sets, which have several codes, are refused beside child tables.
            codes[i - from] = ((Column) declared.get(i)).encode(record.get(i));
        }
        return bytes(codes);
    }

    static byte[] bytes(double... codes) {
        ByteBuffer bytes = ByteBuffer.allocate(codes.length * Double.BYTES);
        bytes.asDoubleBuffer().put(codes);
        return bytes.array();
    }

    static TableRow row(byte[] bytes) {
        double[] codes = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(codes);
        return new TableRow(codes);
    }
}
