package org.privateevolution.spark;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.image.BadImageException;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.spi.ImageEncoder;

/**
 * Puts an image's vector in the place of its bytes, and a pseudonym in that of its client id; label and name stay as they are. An image that cannot be
 * decoded gets no vector, but a reason. A record that does not fit otherwise ends the partition with a row that says why
 * and holds nothing else.
 */
final class EmbeddedImages implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    /** Why an image has no vector; null if it has one. */
    static final String CORRUPT = "_pe_corrupt";

    private static final int TAIL = 2;

    private final PrivateColumns columns;
    private final ImageDecoder decoder;
    private final ImageEncoder encoder;
    private final EmbeddingProbe probe;
    private final ClientPseudonyms pseudonyms;

    EmbeddedImages(PrivateColumns columns, ImageDecoder decoder, ImageEncoder encoder) {
        this.columns = columns;
        this.decoder = decoder;
        this.encoder = encoder;
        this.probe = EmbeddingProbe.of(encoder);
        this.pseudonyms = ClientPseudonyms.drawn();
    }

    /**
     * The vector, label and client as {@link EmbeddedRecords}, then the name, what is corrupt, and the problem.
     *
     * @param records schema of what goes in: the image, label and client, the name and the problem
     */
    static StructType schema(PrivateColumns columns, StructType records, int dimension) {
        StructType whole = EmbeddedRecords.schema(columns, records, dimension);
        StructType schema = new StructType();
        for (int i = 0; i < whole.size() - 1; i++) {
            schema = schema.add(whole.apply(i));
        }
        return schema.add(CORRUPT, DataTypes.StringType, true).add(whole.apply(whole.size() - 1));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new UntilRefused(rows, 1, this::fill);
    }

    private void fill(Row row, Object[] values) {
        columns.requireSound(row);
        columns.label(row);
        probe.requireSame();
        for (int i = 1; i < row.size() - 1; i++) {
            values[i] = row.get(i);
        }
        int client = columns.clientIndex();
        if (client >= 0) {
            values[client] = pseudonyms.of(row.get(client));
        }
        embed(row, values);
    }

    private void embed(Row row, Object[] values) {
        if (row.isNullAt(0)) {
            values[values.length - TAIL] = "is null";
            return;
        }
        try {
            float[] vector = new float[encoder.dimension()];
            encoder.encode(decoder.decode(row.getAs(0)), vector, 0);
            values[0] = EmbeddedRecords.bytes(vector);
        } catch (BadImageException e) {
            values[values.length - TAIL] = e.getMessage();
        }
    }
}
