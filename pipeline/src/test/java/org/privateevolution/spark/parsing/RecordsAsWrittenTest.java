package org.privateevolution.spark.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.CsvDialect;
import org.privateevolution.spark.source.PrivateSource;

/**
 * Whatever characters a record holds and in whatever dialect it is written, it is read once and exactly as its file
 * means it, or the file is refused. The number of records that are read is never another. All randomness is seeded.
 */
class RecordsAsWrittenTest {

    /** Names the file that a record comes from, by its folder. */
    private static final String CASE = "case";

    private static final int FILES = 25;

    private final SparkSession spark = TestSession.spark();

    @TempDir
    private Path folder;

    private static List<String> columns(int count) {
        return IntStream.range(0, count).mapToObj(i -> "_c" + i).toList();
    }

    /** Reads a folder of cases, by case. */
    private Map<String, List<List<String>>> read(String format, Path data, Map<String, String> options, int columns)
            throws IOException {
        List<Map<String, Object>> declared = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            declared.add(Map.of("name", "_c" + i, "type", "string", "categories", List.of("any")));
        }
        declared.add(Map.of("name", CASE, "type", "string", "categories", List.of("any")));
        String yaml = new ObjectMapper()
                .writeValueAsString(Map.of(
                        "private_data",
                        Map.of("format", format, "path", data.toString(), "options", options),
                        "privacy",
                        Map.of("epsilon", 1, "delta", 1e-5),
                        "evolution",
                        Map.of("samples", 2, "votes", 1),
                        "output",
                        Map.of("path", "unused"),
                        "tabular",
                        Map.of("columns", declared)));
        List<Row> rows = new PrivateSource(spark)
                .open(RunConfiguration.parse(yaml, "cases.yaml", List.of()))
                .collectAsList();
        Map<String, List<List<String>>> records = new HashMap<>();
        for (Row row : rows) {
            assertThat(row.isNullAt(columns + 1)).as("%s", row).isTrue();
            List<String> values = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                values.add(row.isNullAt(i) ? null : row.getString(i));
            }
            records.computeIfAbsent(String.valueOf(row.get(columns)), key -> new ArrayList<>())
                    .add(values);
        }
        return records;
    }

    private Path file(Path data, int number, String name) throws IOException {
        return Files.createDirectories(data.resolve(CASE + "=" + number)).resolve(name);
    }

    private static void assertSame(
            Map<String, List<List<String>>> found, Map<String, List<List<String>>> written, Object options) {
        written.values().removeIf(List::isEmpty);
        assertThat(found.keySet()).as("%s", options).isEqualTo(written.keySet());
        written.forEach((number, records) -> assertThat(found.get(number))
                .as("%s %s", number, options)
                .containsExactlyInAnyOrderElementsOf(records));
    }

    private void csvFilesAreReadAsWritten(int dialects, long seed) throws IOException {
        AwkwardFiles files = new AwkwardFiles(seed);
        for (int dialect = 0; dialect < dialects; dialect++) {
            int columns = 1 + dialect % 3;
            Map<String, String> options = files.csvOptions(true);
            Map<String, List<List<String>>> written = new TreeMap<>();
            Path data = folder.resolve("csv" + dialect);
            for (int number = 0; number < FILES; number++) {
                AwkwardFiles.Csv csv = files.csv(columns(columns), files.records(columns), options);
                written.put(String.valueOf(number), csv.records());
                Files.write(file(data, number, "data.csv"), csv.bytes());
            }
            assertSame(read("csv", data, options, columns), written, options);
        }
    }

    @Test
    void csvFilesAreReadAsWritten() throws IOException {
        csvFilesAreReadAsWritten(9, 1);
    }

    @Test
    @Tag("faults")
    void manyCsvFilesAreReadAsWritten() throws IOException {
        csvFilesAreReadAsWritten(200, 2);
    }

    /** Splits a file as Spark does, and parses each line. Null if it is refused. */
    private static List<List<String>> byLine(AwkwardFiles.Csv csv, Map<String, String> options, List<String> wanted)
            throws IOException {
        CsvDialect dialect = CsvDialect.of(options);
        String text = new String(csv.bytes(), StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
        try {
            List<String> first = CsvSyntax.header(dialect, new CsvParser(dialect, new StringReader(text)));
            TextSyntax.Lines lines = new CsvSyntax(dialect, true, wanted, first).ofLines(true, Map.of());
            List<List<String>> records = new ArrayList<>();
            for (String line : text.split("\n")) {
                String[] record = lines.record(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
                if (record != null) {
                    records.add(Arrays.asList(record));
                }
            }
            return records;
        } catch (UnsoundRecordException e) {
            return null;
        }
    }

    private static void linesAreReadAsWrittenOrRefused(int cases, long seed) throws IOException {
        AwkwardFiles files = new AwkwardFiles(seed);
        int refused = 0;
        for (int number = 0; number < cases; number++) {
            int columns = 1 + number % 3;
            Map<String, String> options = files.csvOptions(false);
            AwkwardFiles.Csv csv = files.csv(columns(columns), files.records(columns), options);
            List<List<String>> found = byLine(csv, options, columns(columns));
            if (found == null) {
                refused++;
            } else {
                assertThat(found).as("%s %s", number, options).isEqualTo(csv.records());
            }
        }
        assertThat(refused).isBetween(cases / 20, cases * 19 / 20);
    }

    @Test
    void linesAreReadAsWrittenOrRefused() throws IOException {
        linesAreReadAsWrittenOrRefused(3_000, 3);
    }

    @Test
    @Tag("faults")
    void manyLinesAreReadAsWrittenOrRefused() throws IOException {
        linesAreReadAsWrittenOrRefused(300_000, 4);
    }

    /** Reads a whole file by double quotes, as if nobody had said what its quotes are. Null if it is refused. */
    private static List<List<String>> undeclared(AwkwardFiles.Csv csv, Map<String, String> options, int columns)
            throws IOException {
        Map<String, String> without = new TreeMap<>(options);
        without.remove("quote");
        if (options.getOrDefault("escape", "").equals(options.get("quote"))) {
            without.remove("escape");
        }
        CsvDialect dialect = CsvDialect.of(without);
        String text = new String(csv.bytes(), StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
        try {
            List<String> first = CsvSyntax.header(dialect, new CsvParser(dialect, new StringReader(text)));
            TextSyntax.Records records =
                    new CsvSyntax(dialect, false, columns(columns), first).ofFile(new StringReader(text), Map.of());
            List<List<String>> found = new ArrayList<>();
            for (String[] record = records.next(); record != null; record = records.next()) {
                found.add(Arrays.asList(record));
            }
            return found;
        } catch (UnsoundRecordException e) {
            return null;
        }
    }

    /** @param most files that read well by both quotes, and are torn, as no reader can tell which were meant */
    private static void singleQuotesThatAreNotDeclaredTearNothing(int cases, long seed, int most) throws IOException {
        AwkwardFiles files = new AwkwardFiles(seed);
        List<String> torn = new ArrayList<>();
        int refused = 0;
        for (int number = 0; number < cases; number++) {
            int columns = 1 + number % 2;
            Map<String, String> options = files.csvOptions(true);
            options.put("encoding", "UTF-8");
            options.put("quote", "'");
            options.computeIfPresent("escape", (key, escape) -> escape.equals("\"") ? "'" : escape);
            AwkwardFiles.Csv csv = files.csv(columns(columns), files.records(columns), options);
            List<List<String>> found = undeclared(csv, options, columns);
            if (found == null) {
                refused++;
            } else if (found.size() != csv.records().size()) {
                torn.add(number + " " + options + " " + found);
            }
        }
        assertThat(torn).hasSizeLessThanOrEqualTo(most);
        assertThat(refused).isBetween(cases / 20, cases * 19 / 20);
    }

    @Test
    void singleQuotesThatAreNotDeclaredTearNothing() throws IOException {
        singleQuotesThatAreNotDeclaredTearNothing(3_000, 7, 0);
    }

    @Test
    @Tag("faults")
    void manySingleQuotesThatAreNotDeclaredTearNothing() throws IOException {
        singleQuotesThatAreNotDeclaredTearNothing(300_000, 8, 10);
    }

    @Test
    void doubleQuotesNeedNotBeDeclared() throws IOException {
        AwkwardFiles files = new AwkwardFiles(9);
        for (int number = 0; number < 3_000; number++) {
            int columns = 1 + number % 3;
            Map<String, String> options = files.csvOptions(true);
            options.put("encoding", "UTF-8");
            options.put("quote", "\"");
            options.computeIfPresent("escape", (key, escape) -> escape.equals("'") ? "\"" : escape);
            AwkwardFiles.Csv csv = files.csv(columns(columns), files.records(columns), options);
            assertThat(undeclared(csv, options, columns))
                    .as("%s %s", number, options)
                    .isEqualTo(csv.records());
        }
    }

    /** The twin that must fail: Spark's own reader, line by line, reads other numbers of records from such files. */
    @Test
    void sparksReaderTearsRecordsOfTheseFiles() throws IOException {
        AwkwardFiles files = new AwkwardFiles(5);
        Map<String, String> options =
                Map.of("multiLine", "false", "header", "true", "sep", ",", "quote", "\"", "encoding", "UTF-8");
        Map<String, Integer> written = new HashMap<>();
        Path data = folder.resolve("torn");
        for (int number = 0; number < FILES; number++) {
            AwkwardFiles.Csv csv = files.csv(columns(1), files.records(1), options);
            written.put(String.valueOf(number), csv.records().size());
            Files.write(file(data, number, "data.csv"), csv.bytes());
        }
        Map<String, Integer> found = new HashMap<>();
        spark.read()
                .options(options)
                .option("escape", "\"")
                .csv(data.toString())
                .collectAsList()
                .forEach(row -> found.merge(String.valueOf(row.get(1)), 1, Integer::sum));

        assertThat(written.entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(found.getOrDefault(entry.getKey(), 0))))
                .hasSizeGreaterThan(FILES / 4);
    }

    /** A record that is read must not depend on where the file is cut into buffers. */
    @Test
    void buffersThatEndAnywhereChangeNothing() throws IOException {
        AwkwardFiles files = new AwkwardFiles(6);
        for (int number = 0; number < 500; number++) {
            Map<String, String> options = files.csvOptions(true);
            options.put("encoding", "UTF-8");
            AwkwardFiles.Csv csv = files.csv(columns(2), files.records(2), options);
            CsvDialect dialect = CsvDialect.of(options);
            String text = new String(csv.bytes(), StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
            assertThat(parsed(dialect, new Trickle(text))).isEqualTo(parsed(dialect, new StringReader(text)));
        }
    }

    private static List<List<String>> parsed(CsvDialect dialect, Reader in) throws IOException {
        CsvParser parser = new CsvParser(dialect, in);
        List<List<String>> records = new ArrayList<>();
        for (List<String> record = parser.next(); record != null; record = parser.next()) {
            records.add(new ArrayList<>(record));
        }
        return records;
    }

    /** Gives one character at a time. */
    private static final class Trickle extends StringReader {
        Trickle(String text) {
            super(text);
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            return super.read(buffer, offset, Math.min(1, length));
        }
    }

    private void jsonIsReadAsWritten(int folders, long seed) throws IOException {
        AwkwardFiles files = new AwkwardFiles(seed);
        for (int number = 0; number < folders; number++) {
            int columns = 1 + number % 3;
            boolean multiLine = number % 2 == 1;
            Map<String, List<List<String>>> written = new TreeMap<>();
            Path data = folder.resolve("json" + number);
            for (int i = 0; i < FILES; i++) {
                List<List<String>> records = files.records(columns);
                written.put(String.valueOf(i), records);
                Files.writeString(file(data, i, "data.json"), files.json(columns(columns), records, multiLine));
            }
            Map<String, String> options = Map.of("multiLine", String.valueOf(multiLine));
            assertSame(read("json", data, options, columns), written, options);
        }
    }

    @Test
    void jsonIsReadAsWritten() throws IOException {
        jsonIsReadAsWritten(4, 7);
    }

    @Test
    @Tag("faults")
    void muchJsonIsReadAsWritten() throws IOException {
        jsonIsReadAsWritten(100, 8);
    }

    @Test
    void parquetIsReadAsWritten() throws IOException {
        AwkwardFiles files = new AwkwardFiles(9);
        Map<String, List<List<String>>> written = new TreeMap<>();
        Path data = folder.resolve("parquet");
        MessageType schema = MessageTypeParser.parseMessageType(
                "message m { optional binary _c0 (UTF8); optional binary _c1 (UTF8); }");
        for (int i = 0; i < FILES; i++) {
            List<List<String>> records = files.records(2);
            written.put(String.valueOf(i), records);
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(
                            file(data, i, "data.parquet").toUri()))
                    .withType(schema)
                    .build()) {
                for (List<String> record : records) {
                    Group group = new SimpleGroupFactory(schema).newGroup();
                    for (int j = 0; j < 2; j++) {
                        if (record.get(j) != null) {
                            group.append("_c" + j, record.get(j));
                        }
                    }
                    writer.write(group);
                }
            }
        }
        assertSame(read("parquet", data, Map.of(), 2), written, "parquet");
    }

    @Test
    void orcIsReadAsWritten() throws IOException {
        AwkwardFiles files = new AwkwardFiles(10);
        Map<String, List<List<String>>> written = new TreeMap<>();
        Path data = folder.resolve("orc");
        TypeDescription schema = TypeDescription.fromString("struct<_c0:string,_c1:string>");
        for (int i = 0; i < FILES; i++) {
            List<List<String>> records = files.records(2);
            written.put(String.valueOf(i), records);
            try (Writer writer = OrcFile.createWriter(
                    new org.apache.hadoop.fs.Path(file(data, i, "data.orc").toUri()),
                    OrcFile.writerOptions(new Configuration()).setSchema(schema))) {
                VectorizedRowBatch batch = schema.createRowBatch();
                for (List<String> record : records) {
                    for (int j = 0; j < 2; j++) {
                        set((BytesColumnVector) batch.cols[j], batch.size, record.get(j));
                    }
                    batch.size++;
                }
                writer.addRowBatch(batch);
            }
        }
        assertSame(read("orc", data, Map.of(), 2), written, "orc");
    }

    private static void set(BytesColumnVector column, int row, String value) {
        if (value == null) {
            column.noNulls = false;
            column.isNull[row] = true;
        } else {
            column.setVal(
                    row, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)).array());
        }
    }
}
