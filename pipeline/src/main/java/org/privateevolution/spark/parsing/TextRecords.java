package org.privateevolution.spark.parsing;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.SplittableCompressionCodec;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.model.CsvDialect;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.session.HadoopFile;

/**
 * The records of CSV and JSON files as strings. Spark lists the files and hands out files or lines; the parsers of this
 * package decide what a record is, and refuse text that Spark's parsers would tear, merge or drop.
 *
 * <p>With the option multiLine, each file is read whole by one task; without it, files are split at line ends, unless
 * they are compressed in a way that cannot be split.
 */
public final class TextRecords {

    /** Column that says what is wrong with a record; null for a sound record. */
    public static final String PROBLEM = "_pe_problem";

    private final SparkSession spark;
    private final String location;
    private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final boolean csv;
    private final boolean whole;
    private final String charset;

    /** Null until the files are listed. */
    private Dataset<Row> units;

    /**
     * Reads nothing yet.
     *
     * @param format csv or json
     * @param options as {@link ReaderOptions} allows them
     */
    public TextRecords(SparkSession spark, String format, String location, Map<String, String> options) {
        this.spark = spark;
        this.location = location;
        this.options.putAll(options);
        this.csv = format.equals("csv");
        this.whole = CsvDialect.truth("multiLine", this.options, false);
        this.charset = CsvDialect.charset(options);
    }

    /**
     * Opens records that are all needed: reads everything once and fails at the first record that is not sound.
     *
     * @throws UnsoundRecordException also if a wanted column is missing
     */
    public Dataset<Row> openSound(List<String> wanted) throws IOException {
        Dataset<Row> records = open(wanted);
        List<Row> problems = records.where(functions.col(PROBLEM).isNotNull())
                .select(PROBLEM)
                .limit(1)
                .collectAsList();
        if (!problems.isEmpty()) {
            throw new UnsoundRecordException(
                    "a record is not sound: " + problems.get(0).getString(0));
        }
        return records;
    }

    /**
     * Opens the wanted columns of all records, with {@link #PROBLEM} as the last column. A record that is not sound
     * ends its partition with a row that holds only the reason. Reads the first header of CSV files, and of JSON files
     * enough to see each column.
     *
     * @throws UnsoundRecordException if a wanted column is missing
     */
    public Dataset<Row> open(List<String> wanted) throws IOException {
        Dataset<Row> units = units();
        if (!csv) {
            // Spark reads the lines of JSON files, so their first bytes are checked here; CSV files are checked with
            // their header.
            for (TextFile file : files(units).stream().limit(1).toList()) {
                file.open().close();
            }
        }
        ParsedRecords parsing = new ParsedRecords(
                csv ? csv(units, wanted) : new JsonSyntax(JsonObjects.factory(options), wanted), charset, whole);
        if (parsing.syntax() instanceof JsonSyntax json) {
            OccurringColumns.require(units, json, parsing);
        }
        Dataset<Row> records =
                units.mapPartitions(new ParsedRecords.AsRows(parsing, wanted.size()), Encoders.row(schema(wanted)));
        return whole || !isSplit(units) ? spread(records, units) : records;
    }

    /** Whether Spark splits all files at line ends: not those that must be decompressed from their beginning. */
    private static boolean isSplit(Dataset<Row> units) {
        CompressionCodecFactory codecs = new CompressionCodecFactory(HadoopFile.configuration());
        return Arrays.stream(units.inputFiles())
                .map(file -> codecs.getCodec(new Path(URI.create(file))))
                .allMatch(codec -> codec == null || codec instanceof SplittableCompressionCodec);
    }

    /**
     * Spreads records over all cores, so that the votes of one large file use them. Sorts, so that a partition is the
     * same each time it is read.
     */
    private Dataset<Row> spread(Dataset<Row> records, Dataset<Row> files) {
        int cores = spark.sparkContext().defaultParallelism();
        // Asks Spark only if there are enough files: to count partitions is to plan a query.
        if (files.inputFiles().length >= cores && files.rdd().getNumPartitions() >= cores) {
            return records;
        }
        Column[] all = Arrays.stream(records.columns()).map(Columns::named).toArray(Column[]::new);
        return records.repartition(cores).sortWithinPartitions(all);
    }

    /** Names of the columns of the first CSV file that is not empty. */
    public List<String> header() throws IOException {
        CsvDialect dialect = CsvDialect.of(options);
        for (TextFile file : files(units())) {
            List<String> header = header(dialect, file);
            if (header != null) {
                return header;
            }
        }
        return List.of();
    }

    /** Names of the columns that the folders of every file have, in alphabetical order. */
    public Set<String> folders() {
        Set<String> inAll = new TreeSet<>();
        List<TextFile> files = files(units());
        files.stream().limit(1).forEach(file -> inAll.addAll(file.folders().keySet()));
        files.forEach(file -> inAll.retainAll(file.folders().keySet()));
        return inAll;
    }

    private static StructType schema(List<String> wanted) {
        StructType schema = new StructType();
        for (String column : wanted) {
            schema = schema.add(column, DataTypes.StringType, true);
        }
        return schema.add(PROBLEM, DataTypes.StringType, true);
    }

    /** Paths of files, or lines with their file and the offset at which Spark began to read; listed once. */
    private Dataset<Row> units() {
        if (units == null) {
            units = listed();
        }
        return units;
    }

    private Dataset<Row> listed() {
        Map<String, String> listing = ReaderOptions.listing(options);
        DataFrameReader reader = spark.read().options(listing);
        Dataset<Row> files = whole
                ? reader.format("binaryFile").load(location)
                : reader.format("text").option("lineSep", "\n").load(location);
        SourceFiles.of(files).ifPresent(SourceFiles::requireAllRead);
        return whole
                ? files.select("path")
                : files.select(
                        functions.col("_metadata.file_path"),
                        functions.col("_metadata.file_block_start"),
                        functions.col("value").cast(DataTypes.BinaryType));
    }

    private CsvSyntax csv(Dataset<Row> units, List<String> wanted) throws IOException {
        CsvDialect dialect = CsvDialect.of(options);
        boolean quoteDeclared = options.containsKey("quote");
        for (TextFile file : files(units)) {
            List<String> header = header(dialect, file);
            if (header != null) {
                // Fails here, once, rather than in every task.
                CsvLayout.of(dialect, header, wanted, file.folders());
                return new CsvSyntax(dialect, quoteDeclared, wanted, header);
            }
        }
        return new CsvSyntax(dialect, quoteDeclared, wanted, null);
    }

    private List<TextFile> files(Dataset<Row> units) {
        return Arrays.stream(units.inputFiles())
                .sorted()
                .map(file -> TextFile.ofUri(file, charset))
                .toList();
    }

    /** Reads the header of a file; null if the file is empty. */
    private List<String> header(CsvDialect dialect, TextFile file) throws IOException {
        try (Reader in = file.open()) {
            return CsvSyntax.header(dialect, new CsvParser(dialect, in));
        } catch (CharacterCodingException e) {
            throw ParsedRecords.notOfEncoding(charset);
        }
    }
}
