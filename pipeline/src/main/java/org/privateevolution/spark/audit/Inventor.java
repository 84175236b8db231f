package org.privateevolution.spark.audit;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.Payload;

/** Invents records of one kind, from declarations alone. */
interface Inventor {

    /** Number of canaries in an audit that does not set it. */
    int usualCanaries();

    /** Columns of the private data that hold a record, without label and client. */
    StructType columns();

    /** Values of these columns. */
    List<?> values(Payload record);

    /** The rows of these columns that a record has in the private data: one, unless it has rows of its own. */
    default List<List<?>> rows(Payload record) {
        return List.of(values(record));
    }

    /** Invents a record. */
    Payload invent(SplittableRandom random);

    /** Invents a record that shares as little as possible with another. */
    default Payload opposite(Payload other, SplittableRandom random) {
        return invent(random);
    }

    /** Vectors of records, row-major, as the pipeline computes them. */
    float[] embed(List<? extends Payload> records);

    /** Number of floats per vector. */
    int dimension();

    /** What the user should do if too few records differ. */
    String remedy();

    /** Published samples, as {@link #embed} takes them. */
    List<Payload> payloads(Dataset<Row> published);
}
