package org.privateevolution.spark.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.Payload;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.audit.Invented.Vector;
import org.privateevolution.spi.Embedder;

/** Invents unit vectors of random direction, for texts whose vectors were computed elsewhere; no model is needed. */
final class VectorInventor implements Inventor {

    private final TextSpec text;
    private final String column;
    private final Embedder embedder;

    /**
     * @param column column that holds the vectors
     * @param embedder the run's embedder, which gives the vectors' dimension and embeds published texts
     */
    VectorInventor(TextSpec text, String column, Embedder embedder) {
        this.text = text;
        this.column = column;
        this.embedder = embedder;
    }

    @Override
    public int usualCanaries() {
        return 2_000;
    }

    @Override
    public StructType columns() {
        return new StructType().add(column, DataTypes.createArrayType(DataTypes.FloatType, false), false);
    }

    @Override
    public List<?> values(Payload record) {
        List<Float> values = new ArrayList<>();
        for (float component : ((Vector) record).components()) {
            values.add(component);
        }
        return List.of(values);
    }

    @Override
    public Payload invent(SplittableRandom random) {
        double[] drawn = new double[dimension()];
        double squares = 0;
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = random.nextGaussian();
            squares += drawn[i] * drawn[i];
        }
        float[] vector = new float[drawn.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (drawn[i] / Math.sqrt(squares));
        }
        return new Vector(vector);
    }

    @Override
    public float[] embed(List<? extends Payload> records) {
        float[] vectors = new float[Math.multiplyExact(records.size(), dimension())];
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i) instanceof Vector given) {
                System.arraycopy(given.components(), 0, vectors, i * dimension(), dimension());
            } else {
                return embedder.embed(records);
            }
        }
        return vectors;
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public String remedy() {
        return "vectors of one number can hardly differ: choose another text.embedding";
    }

    @Override
    public List<Payload> payloads(Dataset<Row> published) {
        return new TextInventor(text, embedder).payloads(published);
    }
}
