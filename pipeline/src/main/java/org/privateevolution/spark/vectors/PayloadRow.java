package org.privateevolution.spark.vectors;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.Payload;
import org.privateevolution.store.PayloadJson;

/** A numbered synthetic sample as a row, on its way to an executor. */
public final class PayloadRow {

    private static final int NUMBER = 0;
    private static final int PAYLOAD = 1;

    /** The sample's number, and its payload as JSON. */
    public static final StructType SCHEMA =
            new StructType().add("number", DataTypes.IntegerType, false).add("payload", DataTypes.StringType, false);

    private PayloadRow() {}

    public static Row of(Payload payload, int number) {
        return RowFactory.create(number, PayloadJson.of(payload));
    }

    public static int number(Row row) {
        return row.getInt(NUMBER);
    }

    public static Payload payload(Row row) {
        return PayloadJson.parse(row.getString(PAYLOAD));
    }
}
