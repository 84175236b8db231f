package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gives the command line files as people really have them. Each file is read exactly, or refused with a reason. The
 * declarations accept only the right values, so a misread value is refused, too. To test a new kind of input, add a
 * line.
 */
class AwkwardInputsTest {

    private static final String SITE = "{name: site, type: string, categories: [North, South]}";
    private static final String WEIGHT = "{name: weight, type: integer, min: 50, max: 51}";
    private static final String NULLABLE = "{name: weight, type: integer, min: 50, max: 51, nullable: true}";
    private static final String ZIP = "{name: zip, type: string, categories: ['00501', '02139']}";
    private static final String SCORE = "{name: score, type: double, min: 0, max: 10, nullable: true}";
    private static final String STRICT_SCORE = "{name: score, type: double, min: 0, max: 10}";
    private static final String PRICE = "{name: price, type: 'decimal(10,2)', min: 0, max: 5000}";
    private static final String SIZE = "{name: gr\u00f6\u00dfe, type: integer, min: 50, max: 51}";
    private static final String MORE = "{name: more, type: integer, min: 0, max: 1, nullable: true}";
    private static final String NULLABLE_ZIP =
            "{name: zip, type: string, categories: ['00501', '02139'], nullable: true}";

    /** A private value of an undeclared column, which must not be shown anywhere. */
    private static final String CANARY = "okapi7713";

    private static final String OBJECT = "{\"site\": \"North\", \"weight\": 50, \"note\": \"" + CANARY + "\"}\n";
    private static final String TABLE = "site,weight,note\nNorth,50,%1$s\nSouth,51,%1$s\n".formatted(CANARY);

    private static final String LONG_TABLE =
            TABLE + "North,50,%s\n".formatted(CANARY).repeat(100_000);

    private static SparkSession spark;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        spark = TestSpark.interpreting();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** Writes the input. */
    private interface Content {
        void writeTo(Path file) throws IOException;

        static Content of(String text) {
            return of(text, StandardCharsets.UTF_8);
        }

        static Content of(String text, Charset charset) {
            return file -> Files.write(file, text.getBytes(charset));
        }

        static Content gzip(String text) {
            return file -> {
                try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                    out.write(text.getBytes(StandardCharsets.UTF_8));
                }
            };
        }

        static Content half(Content content) {
            return file -> {
                content.writeTo(file);
                byte[] whole = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            };
        }

        /** A folder of files. */
        static Content tree(String... namesAndTexts) {
            return folder -> {
                for (int i = 0; i < namesAndTexts.length; i += 2) {
                    Path file = folder.resolve(namesAndTexts[i]);
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, namesAndTexts[i + 1]);
                }
            };
        }
    }

    /**
     * An input file, its declaration and the expected result.
     *
     * @param refusal part of the message; empty if the file is read
     * @param secret the private value that causes the refusal, which the message must not contain
     */
    private record Input(
            String kind,
            String file,
            Content content,
            String options,
            List<String> columns,
            String refusal,
            String secret) {

        Input(String kind, String file, String text, String... columns) {
            this(kind, file, Content.of(text), columns);
        }

        Input(String kind, String file, Content content, String... columns) {
            this(kind, file, content, "{}", List.of(columns), "", CANARY);
        }

        Input with(String given) {
            return new Input(kind, file, content, given, columns, refusal, secret);
        }

        Input refused(String message) {
            return new Input(kind, file, content, options, columns, message, secret);
        }

        Input hiding(String value) {
            return new Input(kind, file, content, options, columns, refusal, value);
        }

        @Override
        public String toString() {
            return kind;
        }
    }

    private static Stream<Input> tables() {
        return Stream.of(texts(), otherKinds(), folders(), values(), columnar()).flatMap(inputs -> inputs);
    }

    private static Stream<Input> otherKinds() {
        return Stream.of(
                new Input(
                                "UTF-16 without a mark",
                                "data.csv",
                                Content.of(TABLE, StandardCharsets.UTF_16LE),
                                SITE,
                                WEIGHT)
                        .refused("it seems to be written in UTF-16LE"),
                new Input("UTF-16 of JSON", "data.json", Content.of(OBJECT, StandardCharsets.UTF_16), SITE, WEIGHT)
                        .refused("it seems to be written in UTF-16"),
                new Input("a mark of UTF-8 in what is called Latin 1", "data.csv", "\ufeff" + TABLE, SITE, WEIGHT)
                        .with("{encoding: ISO-8859-1}")
                        .refused("it seems to be written in UTF-8"),
                new Input("a name of Python's for an encoding", "data.csv", TABLE, SITE, WEIGHT)
                        .with("{encoding: utf-8-sig}")
                        .refused("such as UTF-8, UTF-16, ISO-8859-1"),
                new Input("gzip", "data.csv.gz", Content.gzip(TABLE), SITE, WEIGHT),
                new Input("gzip that is not called so", "data.csv", Content.gzip(TABLE), SITE, WEIGHT)
                        .refused("it is compressed by gzip"),
                new Input("gzip in name only", "data.csv.gz", TABLE, SITE, WEIGHT).refused("it does not unpack"),
                new Input("half of gzip", "data.csv.gz", Content.half(Content.gzip(LONG_TABLE)), SITE, WEIGHT)
                        .refused("it does not unpack"),
                new Input("half of gzip, by lines", "data.csv.gz", Content.half(Content.gzip(LONG_TABLE)), SITE, WEIGHT)
                        .with("{multiLine: false}")
                        .refused("a file ends too early"),
                new Input("Zstandard", "data.csv.zst", TABLE, SITE, WEIGHT).refused("needs Hadoop's native library"),
                new Input("a spreadsheet", "data.csv", "PK\u0003\u0004...", SITE, WEIGHT).refused("a spreadsheet"),
                new Input("a pointer of Git LFS", "data.csv", "version https://git-lfs.github.com/spec/v1\n", SITE)
                        .refused("git lfs pull"),
                new Input("a web page", "data.csv", "<!DOCTYPE html>\n<html></html>\n", SITE).refused("a web page"),
                new Input("JSON called CSV", "data.csv", OBJECT, SITE, WEIGHT).refused("it seems to be JSON"),
                new Input("CSV called Parquet", "data.parquet", TABLE, SITE, WEIGHT).refused("not a Parquet file"),
                new Input("CSV called ORC", "data.orc", TABLE, SITE, WEIGHT).refused("not an ORC file"),
                new Input("nothing, called Parquet", "data.parquet", "", SITE, WEIGHT).refused("not a Parquet file"),
                new Input("a number of a thousand digits", "data.json", "{\"site\": " + "1".repeat(2000) + "}\n", SITE)
                        .refused("longer, or its values are nested deeper, than is read")
                        .hiding("1111"),
                // headers
                new Input("a line for a spreadsheet", "data.csv", "sep=;\nsite;weight\nNorth;50\n", SITE, WEIGHT)
                        .refused("tells a spreadsheet the separator"),
                new Input("a comment before the header", "data.csv", "# of 2024\n" + TABLE, SITE, WEIGHT)
                        .refused("if other lines stand before it, take them out"),
                new Input("a blank before a name", "data.csv", "site, weight\nNorth, 50\n", SITE, WEIGHT)
                        .refused("blanks or invisible characters"),
                new Input("a blank before a name, said", "data.csv", "site, weight\nNorth, 50\n", SITE, WEIGHT)
                        .with("{ignoreLeadingWhiteSpace: true}"),
                new Input("another form of Unicode", "data.csv", "gro\u0308\u00dfe\n50\n", SIZE)
                        .refused("another form of Unicode"),
                new Input("a comma ends each record only", "data.csv", "site,weight\nNorth,50,\n", SITE, WEIGHT)
                        .refused("it ends with a separator, and the header does not"),
                new Input("double bars", "data.csv", TABLE.replace(",", "||"), SITE, WEIGHT)
                        .refused("it seems to be separated by '||'"));
    }

    private static Stream<Input> folders() {
        return Stream.of(
                new Input("a file that is hidden", ".data.csv", TABLE, SITE, WEIGHT).refused("rename it"),
                new Input("a file that looks hidden", "_data.csv", TABLE, SITE, WEIGHT).refused("rename it"),
                new Input("files in a folder below", "in.csv", Content.tree("below/a.csv", TABLE), SITE, WEIGHT)
                        .refused("set options.recursiveFileLookup"),
                new Input("files in a folder below, said", "in.csv", Content.tree("below/a.csv", TABLE), SITE, WEIGHT)
                        .with("{recursiveFileLookup: true}"),
                new Input(
                                "files beside folders of columns",
                                "in.csv",
                                Content.tree("a.csv", TABLE, "site=North/b.csv", "weight\n50\n"),
                                SITE,
                                WEIGHT)
                        .refused("set options.recursiveFileLookup"),
                new Input(
                        "a column in the names of folders",
                        "in.csv",
                        Content.tree("site=North/a.csv", "weight\n50\n"),
                        SITE,
                        WEIGHT),
                new Input("a column in two places", "in.csv", Content.tree("site=South/a.csv", TABLE), SITE, WEIGHT)
                        .refused("in the names of its folders"),
                new Input(
                                "a column in two places of JSON",
                                "in.json",
                                Content.tree("site=South/a", OBJECT),
                                SITE,
                                WEIGHT)
                        .refused("in the names of its folders"),
                new Input("codes in the names of folders", "in.parquet", tree("", "zip=00501"), ZIP, WEIGHT),
                new Input("codes in the names of folders of ORC", "in.orc", orcTree("zip=00501"), ZIP, WEIGHT),
                new Input(
                        "codes in the names of folders of CSV",
                        "in.csv",
                        Content.tree("zip=00501/a.csv", TABLE),
                        ZIP,
                        WEIGHT),
                new Input(
                        "codes in the names of folders of JSON",
                        "in.json",
                        Content.tree("zip=00501/a.json", OBJECT),
                        ZIP,
                        WEIGHT),
                new Input("a folder of nulls", "in.parquet", tree("", "zip=00501", NULLS), NULLABLE_ZIP, WEIGHT),
                new Input("a folder of nulls of ORC", "in.orc", orcTree("zip=00501", NULLS), NULLABLE_ZIP, WEIGHT),
                new Input(
                        "a folder of nulls of CSV",
                        "in.csv",
                        Content.tree("zip=00501/a.csv", TABLE, NULLS + "/a.csv", TABLE),
                        NULLABLE_ZIP,
                        WEIGHT),
                new Input(
                                "a value in a folder of nulls",
                                "in.csv",
                                Content.tree(NULLS + "/a.csv", "zip,weight\n02139,50\n"),
                                NULLABLE_ZIP,
                                WEIGHT)
                        .refused("in the names of its folders")
                        .hiding("02139"),
                new Input(
                                "a value in a folder of nulls of JSON",
                                "in.json",
                                Content.tree(NULLS + "/a.json", "{\"zip\": \"02139\", \"weight\": 50}\n"),
                                NULLABLE_ZIP,
                                WEIGHT)
                        .refused("in the names of its folders")
                        .hiding("02139"),
                new Input("Parquet in a folder below", "in.parquet", tree("", "below"), SITE, WEIGHT)
                        .refused("set options.recursiveFileLookup"),
                new Input("a column of Parquet in two places", "in.parquet", tree("", "site=South"), SITE, WEIGHT)
                        .refused("column site is in the files and in the names of their folders"),
                new Input("a number of Parquet in two places", "in.parquet", tree("", "weight=51"), SITE, WEIGHT)
                        .refused("column weight is in the files and in the names of their folders"),
                new Input("two places beside a number", "in.parquet", tree("", "year=2026/site=South"), SITE, WEIGHT)
                        .refused("column site is in the files and in the names of their folders"),
                new Input("two places beside a time", "in.parquet", tree(TIME, "weight=51"), SITE, WEIGHT)
                        .refused("column weight is in the files and in the names of their folders"),
                new Input("a number of ORC in two places", "in.orc", orcTree("weight=51"), SITE, WEIGHT)
                        .refused("column weight is in the files and in the names of their folders"),
                new Input("folders of different columns", "in.parquet", tree("", "zip=1", "on=1"), SITE, WEIGHT)
                        .refused("folders of different columns"),
                new Input("a table of Delta Lake", "in.parquet", tree("", "_delta_log", ""), SITE, WEIGHT)
                        .refused("set private_data.format to delta"));
    }

    private static Stream<Input> values() {
        return Stream.of(
                new Input("a day that is none", "data.csv", "at\n2024-02-30T00:00:00Z\n", AT)
                        .refused("is not a timestamp")
                        .hiding("02-30"),
                new Input("the last hour of a day", "data.csv", "at\n2024-02-29T24:00:00Z\n", AT),
                new Input("thousands", "data.csv", "price\n\"1,230\"\n", PRICE)
                        .refused("thousands separators")
                        .hiding("1,230"),
                new Input("null in words", "data.csv", "price\nNULL\n", PRICE)
                        .refused("set nullable: true, and in CSV"),
                new Input(
                                "more digits than anybody writes",
                                "data.csv",
                                "price\n" + "1".repeat(1_000_000) + "\n",
                                PRICE)
                        .refused("is not a number")
                        .hiding("1111"));
    }

    private static Stream<Input> columnar() {
        return Stream.of(
                new Input("ORC of other types in another file", "in.orc", orc("'fifty'"), SITE, NULLABLE)
                        .refused("in incompatible types")
                        .hiding("fifty"),
                new Input("ORC of one type in all files", "in.orc", orc("51"), SITE, WEIGHT),
                new Input("half of a Parquet file", "data.parquet", Content.half(parquet(NANOS)), SITE, WEIGHT)
                        .refused("a file is not a Parquet file, is damaged"),
                new Input("schemas to merge beside a time", "in.parquet", trees(), SITE, WEIGHT, MORE)
                        .with("{mergeSchema: true}"));
    }

    private static Stream<Input> texts() {
        return Stream.of(
                new Input("plain", "data.csv", TABLE, SITE, WEIGHT),
                // dialects of CSV
                new Input(
                        "a column without a name", "data.csv", ",site,weight\n0,North,50\n1,South,51\n", SITE, WEIGHT),
                new Input("a comma ends each line", "data.csv", "site,weight,\nNorth,50,\nSouth,51,\n", SITE, WEIGHT),
                new Input(
                        "equal names, not declared",
                        "data.csv",
                        "site,weight,note,note\nNorth,50,a,b\nSouth,51,a,b\n",
                        SITE,
                        WEIGHT),
                new Input("equal names, declared", "data.csv", "site,weight,weight\nNorth,50,51\n", SITE, WEIGHT)
                        .refused("column weight is more than once in the header"),
                new Input("semicolons", "data.csv", TABLE.replace(',', ';'), SITE, WEIGHT)
                        .refused("it seems to be separated by ';': set options.sep to that"),
                new Input("semicolons, said", "data.csv", TABLE.replace(',', ';'), SITE, WEIGHT).with("{sep: ';'}"),
                new Input("tabulators", "data.csv", TABLE.replace(',', '\t'), SITE, WEIGHT)
                        .refused("it seems to be separated by '\\t': set options.sep to that"),
                new Input("bars", "data.csv", TABLE.replace(',', '|'), SITE, WEIGHT)
                        .refused("it seems to be separated by '|': set options.sep to that"),
                new Input("line breaks of Windows", "data.csv", TABLE.replace("\n", "\r\n"), SITE, WEIGHT),
                new Input("no line break at the end", "data.csv", TABLE.strip(), SITE, WEIGHT),
                new Input("blank lines", "data.csv", TABLE.replace("\n", "\n\n"), SITE, WEIGHT),
                new Input(
                        "a line break in quotes",
                        "data.csv",
                        "site,remark,weight\nNorth,\"first\nsecond\",50\n",
                        SITE,
                        WEIGHT),
                new Input(
                                "a line break in quotes where lines are said to be records",
                                "data.csv",
                                "site,remark,weight\nNorth,\"first\nsecond\",50\n",
                                SITE,
                                WEIGHT)
                        .with("{multiLine: false}")
                        .refused("multiLine")
                        .hiding("second"),
                new Input(
                                "quotes escaped by backslashes",
                                "data.csv",
                                "site,remark,weight\nNorth,\"a \\\"big\\\" one, red\",50\n",
                                SITE,
                                WEIGHT)
                        .refused("escape")
                        .hiding("one, red"),
                new Input(
                                "quotes escaped by backslashes, said",
                                "data.csv",
                                "site,remark,weight\nNorth,\"a \\\"big\\\" one, red\",50\n",
                                SITE,
                                WEIGHT)
                        .with("{escape: '\\'}"),
                new Input("single quotes", "data.csv", "'site','weight'\n'North','50'\n", SITE, WEIGHT)
                        .refused("set options.quote"),
                new Input("a name in another case", "data.csv", TABLE.replace("weight", "Weight"), SITE, WEIGHT)
                        .refused("no column weight in the header; did you mean Weight?"),
                new Input(
                        "outer spaces are part of a category",
                        "data.csv",
                        "site\n North\n",
                        "{name: site, type: string," + " categories: [' North', North]}"),
                // encodings
                new Input("a byte order mark", "data.csv", "\ufeff" + TABLE, SITE, WEIGHT),
                new Input("UTF-16", "data.csv", Content.of(TABLE, StandardCharsets.UTF_16), SITE, WEIGHT)
                        .refused("encoding"),
                new Input("UTF-16, said", "data.csv", Content.of(TABLE, StandardCharsets.UTF_16), SITE, WEIGHT)
                        .with("{encoding: UTF-16, multiLine: true}"),
                new Input(
                                "Latin 1",
                                "data.csv",
                                Content.of("site\nM\u00fcnchen\n", StandardCharsets.ISO_8859_1),
                                "{name: site, type: string, categories: [M\u00fcnchen]}")
                        .refused("encoding")
                        .hiding("nchen"),
                new Input(
                                "Latin 1, said",
                                "data.csv",
                                Content.of("site\nM\u00fcnchen\n", StandardCharsets.ISO_8859_1),
                                "{name: site, type: string, categories: [M\u00fcnchen]}")
                        .with("{encoding: ISO-8859-1}"),
                // numbers
                new Input("a decimal comma", "data.csv", "site;price\nNorth;1.230,50\n", SITE, PRICE)
                        .with("{sep: ';'}")
                        .refused("it seems to have a decimal comma")
                        .hiding("1.230,50"),
                new Input("NaN where values may be missing", "data.csv", "score\n1.5\nNaN\n\"\"\n", SCORE),
                new Input("NaN where none may be missing", "data.csv", "score\n1.5\nNaN\n", STRICT_SCORE)
                        .refused("it is NaN, which nullable: true takes for null"),
                new Input("infinity", "data.csv", "score\n1.5\nInfinity\n", SCORE)
                        .refused("is not a finite number")
                        .hiding("Infinity"),
                new Input("NA for a missing number", "data.csv", "score\n1.5\nNA\n", SCORE)
                        .refused("is not a finite number"),
                new Input("NA for a missing number, said", "data.csv", "score\n1.5\nNA\n", SCORE)
                        .with("{nullValue: NA}"),
                new Input("leading zeros of a code", "data.csv", "zip\n00501\n02139\n", ZIP),
                new Input(
                                "more dimensions than a vote takes",
                                "data.csv",
                                "code\nc1\n",
                                "{name: code, type: string, categories: ["
                                        + IntStream.rangeClosed(1, 4200)
                                                .mapToObj(i -> "c" + i)
                                                .collect(Collectors.joining(", "))
                                        + "]}")
                        .refused("records are embedded in 4,200 dimensions, and 4,096 is the most"),
                // names of files
                new Input("brackets", "exports [2024].csv", TABLE, SITE, WEIGHT),
                new Input("braces", "a{b,c}.csv", TABLE, SITE, WEIGHT),
                new Input("a star", "all*.csv", TABLE, SITE, WEIGHT),
                new Input("a per cent sign", "100%25.csv", TABLE, SITE, WEIGHT),
                new Input("spaces and umlauts", "g\u00e4ste liste.csv", TABLE, SITE, WEIGHT),
                new Input("a colon", "at 12:30.csv", TABLE, SITE, WEIGHT)
                        .refused("holds a colon, which Hadoop cannot read"),
                // JSON
                new Input("a misspelt name", "data.json", "{\"site\": \"North\", \"Weight\": 50}\n", SITE, WEIGHT)
                        .refused("no column weight in any record; did you mean Weight?"),
                new Input("an array", "data.json", "[{\"site\": \"North\",\n \"weight\": 50}]\n", SITE, WEIGHT)
                        .refused("multiLine"),
                new Input("an array, said", "data.json", "[{\"site\": \"North\",\n \"weight\": 50}]\n", SITE, WEIGHT)
                        .with("{multiLine: true}"),
                new Input(
                        "columns of other types, not declared",
                        "data.json",
                        "{\"site\": \"North\", \"weight\": 50, \"more\": {\"a\": [1]}}\n",
                        SITE,
                        WEIGHT),
                // Parquet
                new Input("nanoseconds, not declared", "data.parquet", parquet(NANOS), SITE, WEIGHT),
                new Input("nanoseconds, declared", "data.parquet", parquet(NANOS), SITE, AT)
                        .refused("column at is of a type that Spark does not read, TIMESTAMP(NANOS,true)"),
                new Input("nanoseconds, in a file with a space", "my data.parquet", parquet(NANOS), SITE, WEIGHT),
                new Input(
                        "nanoseconds within a group, not declared",
                        "data.parquet",
                        parquet("optional int64 at; optional group more { optional int64 then"
                                + " (TIMESTAMP(NANOS,true)); }"),
                        SITE,
                        WEIGHT),
                new Input("time of day, not declared", "data.parquet", parquet(TIME), SITE, WEIGHT),
                new Input("time of day, declared", "data.parquet", parquet(TIME), SITE, AT)
                        .refused("column at is of a type that Spark does not read, TIME(MICROS,true)"),
                new Input(
                        "more digits than a decimal has, not declared", "data.parquet", parquet(DECIMAL), SITE, WEIGHT),
                new Input("half floats, not declared", "data.parquet", parquet(HALF), SITE, WEIGHT),
                new Input("names equal but for case, not declared", "data.parquet", parquet(CASES), SITE, WEIGHT),
                new Input(
                                "names equal but for case, declared",
                                "data.parquet",
                                parquet(CASES),
                                "{name: at, type: long, min: 0, max: 1}")
                        .refused("column at has the same name as another, apart from upper and lower case"));
    }

    private static final String AT =
            "{name: at, type: timestamp, min: 2024-01-01T00:00:00Z, max: 2025-01-01T00:00:00Z}";
    private static final String NANOS = "optional int64 at (TIMESTAMP(NANOS,true));";
    private static final String TIME = "optional int64 at (TIME(MICROS,true));";
    private static final String DECIMAL = "optional fixed_len_byte_array(17) at (DECIMAL(40,2));";
    private static final String HALF = "optional fixed_len_byte_array(2) at (FLOAT16);";
    private static final String NULLS = "zip=__HIVE_DEFAULT_PARTITION__";
    private static final String CASES = "optional int64 at; optional int64 At;";

    /** One record with a site, a weight, and other columns. */
    private static Content parquet(String others) {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message record { required binary site (STRING); required int32 weight; required binary note (STRING); "
                        + others + " }");
        return file -> {
            Configuration conf = new Configuration();
            // Otherwise, Hadoop writes a checksum file beside it.
            conf.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
            conf.set("fs.file.impl.disable.cache", "true");
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                    .withConf(conf)
                    .withType(schema)
                    .build()) {
                Group group = new SimpleGroup(schema);
                group.append("site", "North").append("weight", 50).append("note", CANARY);
                if (others.startsWith("optional int64 at")) {
                    group.append("at", 1L);
                }
                writer.write(group);
            }
        };
    }

    /** Two files; the second has another weight. */
    private static Content orc(String weight) {
        return folder -> {
            for (String other : List.of("50", weight)) {
                spark.sql("SELECT 'North' AS site, '" + CANARY + "' AS note, " + other + " AS weight")
                        .coalesce(1)
                        .write()
                        .mode("append")
                        .orc(folder.toString());
            }
        };
    }

    /** Writes the same record into each of these folders. */
    private static Content tree(String others, String... folders) {
        return folder -> {
            for (String name : folders) {
                Path inner = Files.createDirectories(folder.resolve(name));
                parquet(others).writeTo(inner.resolve("a.parquet"));
            }
        };
    }

    private static Content orcTree(String... folders) {
        return folder -> {
            for (String name : folders) {
                orc("50").writeTo(folder.resolve(name));
            }
        };
    }

    /** Spark uses the schema of the first file, unless it is told to merge schemas. */
    private static Content trees() {
        return folder -> {
            Files.createDirectories(folder);
            parquet(TIME).writeTo(folder.resolve("a.parquet"));
            parquet("optional int32 more;" + TIME).writeTo(folder.resolve("b.parquet"));
        };
    }

    /** Otherwise, the test below would miss a value that is shown. */
    @Test
    void aMessageThatHoldsTheSecretIsFound() {
        Input telling = new Input("a name that is told", "data.csv", TABLE.replace("weight", "Weight"), SITE, WEIGHT)
                .refused("no column weight in the header; did you mean Weight?");

        assertThatCode(() -> aTableIsReadExactlyOrRefusedByName(telling)).doesNotThrowAnyException();
        assertThatThrownBy(() -> aTableIsReadExactlyOrRefusedByName(telling.hiding("Weight")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("did you mean Weight?");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aTableIsReadExactlyOrRefusedByName(Input input) throws IOException {
        Path file = folder.resolve(input.file());
        input.content().writeTo(file);
        Path configuration = Files.writeString(
                folder.resolve("run.yaml"),
                """
                private_data: {format: %s, path: "%s", options: %s}
                privacy: {epsilon: 5, delta: 1e-5}
                tabular:
                  columns: [%s]
                output: {path: "%s"}
                """
                        .formatted(
                                input.file().replaceAll("^.*\\.(?=csv|json|parquet|orc)|\\.(gz|zst)$", ""),
                                file,
                                input.options(),
                                String.join(", ", input.columns()),
                                folder.resolve("out")));

        Execution validated = Execution.of("validate", "--data", configuration.toString());

        assertThat(validated.out() + validated.err()).doesNotContain(input.secret(), CANARY);
        if (input.refusal().isEmpty()) {
            assertThat(validated.err()).isEmpty();
            assertThat(validated.exitCode()).isZero();
        } else {
            assertThat(validated.err())
                    .contains(input.refusal())
                    .startsWith("pe: ")
                    .hasLineCount(1);
            assertThat(validated.err()).doesNotContain("_LEGACY_ERROR", "Exception", "PARQUET_", "COLUMN_");
            assertThat(validated.exitCode()).isBetween(2, 3);
            assertThat(validated.out()).isEmpty();
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /**
     * An input file and part of its draft.
     *
     * @param part part of the draft, or of the refusal
     * @param refused whether there is no draft
     */
    private record Draft(String kind, String file, Content content, String part, boolean refused) {

        Draft(String kind, String text, String part) {
            this(kind, "data.csv", Content.of(text), part, false);
        }

        @Override
        public String toString() {
            return kind;
        }
    }

    @Test
    void theLabelMayBeAColumnThatSparkDoesNotRead() throws IOException {
        Path file = folder.resolve("data.parquet");
        parquet(TIME).writeTo(file);

        Execution drafted = Execution.of("propose-schema", file.toString(), "--label", "at");

        assertThat(drafted.err())
                .contains("--label: column at is of a type that Spark does not read, TIME(MICROS,true)");
        assertThat(drafted.exitCode()).isEqualTo(2);
    }

    @Test
    void namesMayDifferByCaseWhereSparkIsToldSo() throws IOException {
        Path file = folder.resolve("data.parquet");
        parquet(CASES + "optional int64 time (TIME(MICROS,true));").writeTo(file);
        spark.conf().set("spark.sql.caseSensitive", "true");
        try {
            Execution drafted = Execution.of("propose-schema", file.toString(), "--label", "site");

            assertThat(drafted.exitCode()).as(drafted.err()).isZero();
            assertThat(drafted.out())
                    .contains("left out: \"time\", which is of a type")
                    .doesNotContain("by case only");
        } finally {
            spark.conf().unset("spark.sql.caseSensitive");
        }
    }

    private static final String CODE = "{name: \"zip\", type: string, categories: [\"00501\"]}";
    private static final String YEAR = "{name: \"year\", type: integer, min: 2026, max: 2026}";
    private static final String TWICE = "left out: \"weight\", which is in the files and in the names of their folders";
    private static final String LEFT_OUT = "set options.recursiveFileLookup to true";

    /** Two files; each has a column that the other lacks. */
    private static Content orcs() {
        return folder -> {
            for (String others : List.of("1 AS less, 2 AS weight", "3 AS more, 4 AS weight")) {
                spark.sql("SELECT " + others).coalesce(1).write().mode("append").orc(folder.toString());
            }
        };
    }

    private static Stream<Draft> drafts() {
        return Stream.of(
                new Draft("dates", "on\n2024-02-29\n2023-01-01\n", "type: date, min: 2023-01-01, max: 2024-02-29"),
                new Draft(
                        "dates that are none",
                        "site,joined\nNorth,2021-03-01\nSouth,0000-00-00\n",
                        "type: string, categories: [\"0000-00-00\", \"2021-03-01\"]"),
                new Draft("days that are none", "on\n2023-02-29\n2023-01-01\n", "type: string"),
                new Draft("the first year", "on\n0001-01-01\n2023-01-01\n", "type: date, min: 0001-01-01"),
                new Draft("times of day", "opens\n08:30\n09:30\n", "type: string, categories: [\"08:30\", \"09:30\"]"),
                new Draft(
                        "months", "period\n2024-01\n2024-02\n", "type: string, categories: [\"2024-01\", \"2024-02\"]"),
                new Draft(
                        "a quote in a name",
                        "site,\"size 5\"\"\"\nNorth,0\nSouth,1\n",
                        "{name: \"size 5\\\"\", type: integer"),
                new Draft("leading zeros", "zip\n00501\n02139\n", "type: string, categories: [\"00501\", \"02139\"]"),
                new Draft("leading zeros of some", "code\n7\n007\n", "type: string, categories: [\"007\", \"7\"]"),
                new Draft(
                        "zero and fractions",
                        "score\n0\n0.5\n-0.25\n",
                        "type: double, min: -0.25, max: 0.5, decimals: 2"),
                new Draft("a column without a name", ",site\n0,North\n", "{name: \"site\", type: string"),
                new Draft(
                        "decimal commas",
                        "\"price\"\n\"1,5\"\n\"2,5\"\n",
                        "type: string, categories: [\"1,5\", \"2,5\"]"),
                new Draft("missing numbers", "score\n1.5\nNaN\n", "max: 1.5, decimals: 1, nullable: true"),
                new Draft(
                        "semicolons", "data.csv", Content.of(TABLE.replace(',', ';')), "set options.sep to that", true),
                new Draft("types that Spark does not read", "data.parquet", parquet(NANOS), "name: \"weight\"", false),
                new Draft(
                        "types that Spark does not read are told",
                        "data.parquet",
                        parquet(DECIMAL),
                        "left out: \"at\", which is of a type that Spark does not read, DECIMAL(40,2)",
                        false),
                new Draft("codes in folders", "in.parquet", tree("", "zip=00501"), CODE, false),
                new Draft("codes in folders of ORC", "in.orc", orcTree("zip=00501"), CODE, false),
                new Draft("codes in folders of CSV", "in.csv", Content.tree("zip=00501/a.csv", TABLE), CODE, false),
                new Draft("codes in folders of JSON", "in.json", Content.tree("zip=00501/a.json", OBJECT), CODE, false),
                new Draft("numbers in folders of ORC", "in.orc", orcTree("year=2026"), YEAR, false),
                new Draft("numbers in folders of CSV", "in.csv", Content.tree("year=2026/a.csv", TABLE), YEAR, false),
                new Draft("numbers in folders of JSON", "in.json", Content.tree("year=2026/a", OBJECT), YEAR, false),
                new Draft("a column of one ORC file", "in.orc", orcs(), "{name: \"less\", type: integer", false),
                new Draft("a column of another ORC file", "in.orc", orcs(), "{name: \"more\", type: integer", false),
                new Draft("a column in two places", "in.parquet", tree("", "weight=51"), TWICE, false),
                new Draft("a column of ORC in two places", "in.orc", orcTree("weight=51"), TWICE, false),
                new Draft("Parquet in a folder below", "in.parquet", tree("", "below"), LEFT_OUT, true),
                new Draft("ORC in a folder below", "in.orc", orcTree("below"), LEFT_OUT, true),
                new Draft("JSON in a folder below", "in.json", Content.tree("below/a", OBJECT), LEFT_OUT, true),
                new Draft(
                        "nested values",
                        "data.json",
                        Content.of("{\"a\": 1, \"b\": {\"c\": 2}}\n"),
                        "{name: \"b.c\", type: long",
                        false));
    }

    @ParameterizedTest
    @MethodSource("drafts")
    void aDraftIsAcceptedWithTheDataThatItWasDraftedFrom(Draft draft) throws IOException {
        Path file = folder.resolve(draft.file());
        draft.content().writeTo(file);

        Execution drafted = Execution.of("propose-schema", file.toString());

        if (draft.refused()) {
            assertThat(drafted.exitCode()).isEqualTo(3);
            assertThat(drafted.err()).contains(draft.part());
            return;
        }
        assertThat(drafted.exitCode()).as(drafted.err()).isZero();
        assertThat(drafted.out()).contains(draft.part());
        Path configuration = Files.writeString(folder.resolve("draft.yaml"), drafted.out());
        Execution validated = Execution.of("validate", "--data", configuration.toString());
        assertThat(validated.exitCode()).as(validated.err()).isZero();
    }
}
