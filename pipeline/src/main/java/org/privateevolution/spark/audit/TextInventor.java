package org.privateevolution.spark.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Text;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spi.Embedder;

/** Invents texts of random syllables, which belong to no language and lie near no other text. */
final class TextInventor implements Inventor {

    private static final int WORDS = 8;
    private static final int SYLLABLES = 3;
    private static final String CONSONANTS = "bdfghklmnprstvz";
    private static final String VOWELS = "aeiou";

    private final TextSpec text;
    private final Embedder embedder;

    /** @param embedder the run's embedder */
    TextInventor(TextSpec text, Embedder embedder) {
        this.text = text;
        this.embedder = embedder;
    }

    @Override
    public int usualCanaries() {
        return 1_000;
    }

    @Override
    public StructType columns() {
        StructType columns = new StructType();
        for (String name : text.columns()) {
            columns = columns.add(name, DataTypes.StringType, true);
        }
        return columns;
    }

    /** The first column holds the text; the other columns that are joined to it are null. */
    @Override
    public List<?> values(Payload record) {
        List<Object> values = new ArrayList<>();
        values.add(((Text) record).value());
        while (values.size() < text.columns().size()) {
            values.add(null);
        }
        return values;
    }

    @Override
    public Payload invent(SplittableRandom random) {
        StringBuilder words = new StringBuilder();
        for (int word = 0; word < WORDS; word++) {
            words.append(word == 0 ? "" : " ");
            for (int syllable = 0; syllable < SYLLABLES; syllable++) {
                words.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
                        .append(VOWELS.charAt(random.nextInt(VOWELS.length())));
            }
        }
        return new Text(words.toString());
    }

    @Override
    public float[] embed(List<? extends Payload> records) {
        return embedder.embed(records);
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public String remedy() {
        return "the embedding gives many texts the same vector: choose another text.embedding";
    }

    @Override
    public List<Payload> payloads(Dataset<Row> published) {
        List<Payload> texts = new ArrayList<>();
        for (Row row : published.select(text.outputColumn()).collectAsList()) {
            texts.add(new Text(row.getString(0)));
        }
        return texts;
    }
}
