package org.privateevolution.spark.vectors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.spark.source.PrivateColumns;

/**
 * Replaces a record's content by its vector and its client id by a pseudonym; the label stays as it is. A record that
 * does not fit its declaration ends the partition with a row that holds only the reason, because Spark would retry and
 * log an exception thrown in a task.
 */
public final class EmbeddedRecords<T> implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    public static final String VECTOR = "_pe_vector";

    private final PrivateColumns columns;
    private final RecordVectors<T> vectors;
    private final ClientPseudonyms pseudonyms;

    EmbeddedRecords(PrivateColumns columns, RecordVectors<T> vectors) {
        this.columns = columns;
        this.vectors = vectors;
        this.pseudonyms = ClientPseudonyms.drawn();
    }

    /**
     * The schema of the rows that this task returns.
     *
     * @param records schema of the records that it reads
     */
    public static StructType schema(PrivateColumns columns, StructType records, int dimension) {
        StructType schema = new StructType(new StructField[] {
            new StructField(
                    VECTOR,
                    DataTypes.BinaryType,
                    true,
                    new MetadataBuilder()
                            .putLong("dimension", dimension)
                            .putString("component", "float32")
                            .putString("byte_order", "little-endian")
                            .build())
        });
        for (int i = contents(columns); i < records.size(); i++) {
            StructField field = records.apply(i);
            boolean client = field.name().equals(columns.clientColumn());
            schema = schema.add(field.name(), client ? DataTypes.StringType : field.dataType(), true);
        }
        return schema;
    }

    /** Number of columns that hold a record's content. */
    private static int contents(PrivateColumns columns) {
        return columns.features().size() + columns.others().size();
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new UntilRefused(rows, 1 - contents(columns), this::fill);
    }

    private void fill(Row row, Object[] values) {
        columns.requireSound(row);
        columns.label(row);
        values[0] = bytes(vectors.vectors(List.of(vectors.read(row))));
        int before = contents(columns) - 1;
        for (int i = 1; i < values.length; i++) {
            values[i] = row.get(before + i);
        }
        int client = columns.clientIndex();
        if (client >= 0) {
            values[client - before] = pseudonyms.of(row.get(client));
        }
    }

    public static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }
}
