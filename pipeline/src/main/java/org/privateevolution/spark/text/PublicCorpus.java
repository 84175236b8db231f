package org.privateevolution.spark.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sha256;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.parsing.UnsoundRecordException;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.session.JobGroup;
import org.privateevolution.spark.source.DataRoots;
import org.privateevolution.spark.source.SparkFiles;

/**
 * A public corpus on the driver.
 *
 * @param texts texts of each label, in index order; distinct and sorted, so that they do not depend on how they were
 *     read
 */
record PublicCorpus(List<List<String>> texts) {

    /** @throws ConfigurationException if the corpus cannot be read, or has no text for a label */
    static PublicCorpus read(SparkSession spark, RunSpec spec, TextSpec.Corpus corpus) {
        List<String> labels = spec.labels().names();
        List<TreeSet<String>> texts = new ArrayList<>();
        labels.forEach(label -> texts.add(new TreeSet<>()));
        for (Row row : rows(spark, spec, corpus)) {
            int label = row.size() == 1 ? 0 : labels.indexOf(String.valueOf((Object) row.get(1)));
            if (label >= 0 && !row.isNullAt(0) && !row.getString(0).isBlank()) {
                texts.get(label).add(row.getString(0));
            }
        }
        for (int label = 0; label < labels.size(); label++) {
            if (texts.get(label).isEmpty()) {
                throw refused(corpus, "it has no text for the label '" + labels.get(label) + "'");
            }
        }
        return new PublicCorpus(texts.stream().map(List::copyOf).toList());
    }

    private static List<Row> rows(SparkSession spark, RunSpec spec, TextSpec.Corpus corpus) {
        try (JobGroup group = new JobGroup(spark.sparkContext(), spec.name(), "reading the public corpus")) {
            List<String> names = new ArrayList<>(List.of(corpus.column()));
            corpus.labelColumn().ifPresent(names::add);
            Dataset<Row> all = all(spark, corpus, names);
            return all.select(names.stream()
                            .map(name -> Columns.named(name).cast("string"))
                            .toArray(Column[]::new))
                    .collectAsList();
        } catch (UnsoundRecordException e) {
            throw refused(corpus, e.getMessage());
        } catch (Exception e) {
            throw refused(corpus, e.getMessage());
        }
    }

    /** Reads the corpus as strictly as private records. */
    private static Dataset<Row> all(SparkSession spark, TextSpec.Corpus corpus, List<String> names) throws IOException {
        String location = DataRoots.pattern(spark, corpus.texts().location());
        return switch (corpus.format()) {
            case "csv", "json" -> new TextRecords(spark, corpus.format(), location, corpus.options()).openSound(names);
            default -> new SparkFiles(spark, corpus.format(), location, corpus.options()).open(names);
        };
    }

    private static ConfigurationException refused(TextSpec.Corpus corpus, String why) {
        return new ConfigurationException(
                List.of("text.corpus: " + corpus.texts().location() + " cannot be used: " + why));
    }

    /** SHA-256 of all texts, in hexadecimal. */
    String sha256() {
        Sha256 sum = new Sha256();
        for (List<String> label : texts) {
            sum.add(ByteBuffer.allocate(Integer.BYTES).putInt(label.size()).array());
            for (String text : label) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                sum.add(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                sum.add(bytes);
            }
        }
        return sum.hex();
    }
}
