package org.privateevolution.spark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.fixtures.Mails;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;

class PublicCorpusTest {

    private final SparkSession spark = TestSession.spark();

    @TempDir
    private Path folder;

    private void write(String format, String texts, String within) {
        spark.sql("SELECT " + texts)
                .write()
                .format(format)
                .mode("append")
                .save(folder.resolve("public").resolve(within).toString());
    }

    private List<List<String>> read(String format) {
        RunSpec spec =
                Mails.corpusRun(folder.resolve("private.jsonl"), folder.resolve("out"), "labels.values=['01', '1']");
        TextSpec.Corpus corpus = new TextSpec.Corpus(
                format,
                new PublicFile(folder.resolve("public").toString(), Optional.empty()),
                Map.of(),
                "value",
                Optional.of("label"),
                List.of(2));
        return PublicCorpus.read(spark, spec, corpus).texts();
    }

    /** Else a text of the label 01 would be one of the label 1. */
    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "json", "text"})
    void aLabelInTheNamesOfFoldersIsTheTextThatStandsThere(String format) {
        write(format, "'of the first' AS value", "label=01");
        write(format, "'of the other' AS value", "label=1");

        assertThat(read(format)).containsExactly(List.of("of the first"), List.of("of the other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "json"})
    void filesThatWouldBeLeftOutAreRefused(String format) {
        write(format, "'here' AS value, '01' AS label", "");
        write(format, "'there' AS value, '1' AS label", "below");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(format))
                .withMessageContaining("cannot be used")
                .withMessageContaining("files that lie in folders below it would not be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc"})
    void aLabelInTwoPlacesIsRefused(String format) {
        write(format, "'a text' AS value, '1' AS label", "label=01");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(format))
                .withMessageContaining("column label is in the files and in the names of their folders");
    }

    @Test
    void orcFilesOfDifferentTypesAreNotConverted() {
        write("orc", "'a text' AS value, '01' AS label", "");
        write("orc", "'another' AS value, 1 AS label", "");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read("orc"))
                .withMessageContaining("cannot be used");
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
    }
}
