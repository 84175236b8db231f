package org.privateevolution.spark.vectors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.Payload;
import org.privateevolution.model.SimulatedImage;
import org.privateevolution.model.StoredImage;
import org.privateevolution.model.Text;

/** A numbered synthetic sample as a row, on its way to an executor. */
public final class PayloadRow {

    private static final int NUMBER = 0;
    private static final int TEXT = 1;
    private static final int SHA256 = 2;
    private static final int PARAMETERS = 3;

    /** A text, or a location with its checksum, or a simulator's parameters as float64. */
    public static final StructType SCHEMA = new StructType()
            .add("number", DataTypes.IntegerType, false)
            .add("text", DataTypes.StringType, true)
            .add("sha256", DataTypes.StringType, true)
            .add("parameters", DataTypes.BinaryType, true);

    private PayloadRow() {}

    public static Row of(Payload payload, int number) {
        if (payload instanceof Text text) {
            return RowFactory.create(number, text.value(), null, null);
        }
        if (payload instanceof StoredImage image) {
            return RowFactory.create(number, image.location(), image.sha256(), null);
        }
        if (payload instanceof SimulatedImage image) {
            return RowFactory.create(number, null, null, bytes(image.parameters()));
        }
        throw new IllegalArgumentException("no row for a " + payload.getClass().getSimpleName());
    }

    public static int number(Row row) {
        return row.getInt(NUMBER);
    }

    public static Payload payload(Row row) {
        if (!row.isNullAt(PARAMETERS)) {
            return new SimulatedImage(doubles(row.getAs(PARAMETERS)));
        }
        return row.isNullAt(SHA256)
                ? new Text(row.getString(TEXT))
                : new StoredImage(row.getString(TEXT), row.getString(SHA256));
    }

    private static byte[] bytes(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return bytes.array();
    }

    private static double[] doubles(byte[] bytes) {
        double[] values = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
        return values;
    }
}
