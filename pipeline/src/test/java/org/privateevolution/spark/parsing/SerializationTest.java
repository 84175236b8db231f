package org.privateevolution.spark.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateevolution.fixtures.Copies.copy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.CsvDialect;

/** What goes to executors survives Java serialisation, and does the same there. */
class SerializationTest {

    private final SparkSession spark = TestSession.spark();

    @Test
    void theParsingTasksDoTheSame(@TempDir Path folder) throws Exception {
        Path csv = Files.writeString(folder.resolve("a.csv"), "a,b\n1,\"x\ny\"\n");
        Path json = Files.writeString(folder.resolve("a.jsonl"), "{\"a\":1,\"b\":\"x\"}\n{\"a\":2}\n");
        CsvSyntax commas = new CsvSyntax(
                CsvDialect.of(ReaderOptions.withDefaults("csv", Map.of())), false, List.of("b"), List.of("a", "b"));
        JsonSyntax objects = new JsonSyntax(JsonObjects.factory(Map.of()), List.of("b"));
        ParsedRecords.AsRows fromCsv = new ParsedRecords.AsRows(new ParsedRecords(commas, "UTF-8", true), 1);
        ParsedRecords parsing = new ParsedRecords(objects, "UTF-8", true);
        ParsedRecords.AsRows fromJson = new ParsedRecords.AsRows(parsing, 1);
        OccurringColumns.Search search = new OccurringColumns.Search(objects, parsing);
        StructType one = StructType.fromDDL("value STRING, problem STRING");

        assertThat(onExecutors(copy(fromCsv), csv, Encoders.row(one)))
                .isEqualTo(onExecutors(fromCsv, csv, Encoders.row(one)))
                .hasSize(1);
        assertThat(onExecutors(copy(fromJson), json, Encoders.row(one)))
                .isEqualTo(onExecutors(fromJson, json, Encoders.row(one)))
                .hasSize(2);
        assertThat(onExecutors(copy(search), json, Encoders.STRING()))
                .containsExactlyInAnyOrderElementsOf(onExecutors(search, json, Encoders.STRING()))
                .isNotEmpty();
    }

    /** What a task makes of a file; it wants to know when its partition ends. */
    private <T> List<T> onExecutors(MapPartitionsFunction<Row, T> task, Path file, Encoder<T> encoder) {
        return spark.createDataFrame(
                        List.of(RowFactory.create(file.toUri().toString())), StructType.fromDDL("path STRING"))
                .mapPartitions(task, encoder)
                .collectAsList();
    }
}
