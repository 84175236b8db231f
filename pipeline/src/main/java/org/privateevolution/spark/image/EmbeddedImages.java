package org.privateevolution.spark.image;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.image.BadImageException;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.vectors.ClientPseudonyms;
import org.privateevolution.spark.vectors.EmbeddedRecords;
import org.privateevolution.spark.vectors.EmbeddingProbe;
import org.privateevolution.spark.vectors.UntilRefused;
import org.privateevolution.spi.ImageEncoder;

/**
 * Replaces an image's bytes by its vector and its client id by a pseudonym; label and name stay as they are. An image
 * that cannot be decoded gets a reason in place of a vector. A record that does not fit its declaration in another way
 * ends the partition with a row that holds only the reason.
 */
public final class EmbeddedImages implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    /** Why an image has no vector; null if it has one. */
    static final String CORRUPT = "_pe_corrupt";

    private static final int TAIL = 2;

    private final PrivateColumns columns;
    private final ImageDecoder decoder;
    private final ImageEncoder encoder;
    private final EmbeddingProbe probe;
    private final ClientPseudonyms pseudonyms;

    public EmbeddedImages(PrivateColumns columns, ImageDecoder decoder, ImageEncoder encoder) {
        this.columns = columns;
        this.decoder = decoder;
        this.encoder = encoder;
        this.probe = EmbeddingProbe.of(encoder);
        this.pseudonyms = ClientPseudonyms.drawn();
    }

    /**
     * The schema of the rows that this task returns: vector, label and client as in {@link EmbeddedRecords}, then the
     * name, the reason why the image is corrupt, and the problem.
     *
     * @param records schema of the records that it reads: image, label and client, name and problem
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
