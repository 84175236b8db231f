package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.Portraits;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.image.Png;

/**
 * An empty data set is a neighbour of every data set of one unit, so a run of texts or images must not distinguish
 * them: both give noise. Tables are tested in {@link BadDataTest}.
 */
class EmptyDataTest {

    private static final String METRICS = "evaluation.private_metrics=true";
    private static final String MAIL =
            "{\"label\": \"ham\", \"subject\": \"Ottilie\", \"body\": \"the leaking roof\"}\n";

    private final SparkSession spark = TestSession.spark();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"0, record", "0, client", "1, record", "1, client"})
    void textsThatAreNoneGiveNoiseAsOneDoes(int records, String unit) throws IOException {
        Mails.write(folder);
        Path mails = Files.createDirectory(folder.resolve("mails"));
        Files.writeString(mails.resolve("1.jsonl"), MAIL.repeat(records));
        String[] overrides = unit.equals("record")
                ? new String[] {METRICS}
                : new String[] {
                    METRICS, "privacy.unit=client", "private_data.client_column=subject", "text.columns=[body]"
                };
        // The corpus stands beside the mails.
        var spec = Mails.corpusRun(mails, folder.resolve("out"), overrides);

        assertThat(PrivateEvolution.on(spark).run(spec).synthetic().count()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"0, refuse", "0, skip", "1, refuse", "1, skip"})
    void imagesThatAreNoneGiveNoiseAsOneDoes(int records, String corrupt) throws IOException {
        Path images = folder.resolve("private");
        Files.createDirectories(images.resolve("cats"));
        for (int i = 0; i < records; i++) {
            Files.write(images.resolve("cats/1.png"), Png.encode(Portraits.portrait(i)));
        }
        var spec = Portraits.run(images, folder.resolve("out"), METRICS, "images.corrupt=" + corrupt);

        assertThat(PrivateEvolution.on(spark).run(spec).synthetic().count()).isEqualTo(7);
    }
}
