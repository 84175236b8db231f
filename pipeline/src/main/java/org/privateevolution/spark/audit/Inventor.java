package org.privateevolution.spark.audit;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.Payload;

/** Invents records of one kind, from declarations alone. */
interface Inventor {

    /** Canaries that an audit has if nobody says how many. */
    int usualCanaries();

    /** Columns of the private data that hold a record, without label and client. */
    StructType columns();

    /** Values of these columns. */
    List<?> values(Payload record);

    /** A record. */
    Payload invent(SplittableRandom random);

    /** A record that shares as little as can be with another. */
    default Payload opposite(Payload other, SplittableRandom random) {
        return invent(random);
    }

    /** Vectors of records, row-major: the ones that the pipeline provides the records. */
    float[] embed(List<? extends Payload> records);

    /** Number of floats a vector. */
    int dimension();

    /** What to do where too few records differ. */
    String remedy();

    /** Published samples, for {@link #embed}. */
    List<Payload> payloads(Dataset<Row> published);
}
