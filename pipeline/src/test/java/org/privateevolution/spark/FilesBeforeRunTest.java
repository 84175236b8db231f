package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.fixtures.ChildJvm;

/** Hadoop is left out only where nothing can make a path mean another file system. */
class FilesBeforeRunTest {

    @TempDir
    Path directory;

    /** A process of its own has no Spark session. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] arguments) throws IOException {
            if (!arguments[2].isEmpty()) {
                System.setProperty(arguments[2], arguments[3]);
            }
            Files.writeString(
                    Path.of(arguments[0]),
                    FilesBeforeRun.at(arguments[1]).getClass().getSimpleName());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FilesOnDisk, /data/ledger, '', ''",
        "FilesOnDisk, ledger, '', ''",
        "FilesOnDisk, file:///data/ledger, '', ''",
        "RunFiles, ledger, spark.hadoop.fs.defaultFS, viewfs://cluster/",
        "RunFiles, file:///data/ledger, spark.hadoop.fs.file.impl, org.apache.hadoop.fs.RawLocalFileSystem"
    })
    void aLocationIsReadBy(String expected, String location, String property, String value) throws Exception {
        Path answer = directory.resolve("answer");
        try (ChildJvm child =
                ChildJvm.start(Reader.class, directory, Map.of(), answer.toString(), location, property, value)) {
            if (!value.startsWith("viewfs")) {
                child.awaitSuccess();
            } else {
                // Hadoop is asked, and knows no such cluster.
                child.awaitOutput("cannot reach ledger");
                return;
            }
        }
        assertThat(answer).hasContent(expected);
    }
}
