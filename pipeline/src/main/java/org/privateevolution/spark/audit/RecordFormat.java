package org.privateevolution.spark.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.model.CsvDialect;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.session.SessionSettings;
import org.privateevolution.spi.StoreException;

/**
 * The files that invented records stand in: in the format of the private data, as far as they are files of records, and
 * written so that the options of the configuration read them. Then what reads the private data is on the audited path.
 *
 * @param name csv, json, orc or parquet
 * @param options that they are read with
 */
record RecordFormat(String name, Map<String, String> options) {

    private static final String PARQUET = "parquet";
    private static final Set<String> TEXT = Set.of("csv", "json");
    private static final Set<String> FILES = Set.of("csv", "json", "orc", PARQUET);

    /** Says which of many files are read, and where their folders begin: of the audit's own it would leave some out. */
    private static final String BASE_PATH = "basePath";

    /** Columns of a file that does not name them. */
    private static final String UNNAMED = "_c";

    RecordFormat {
        options = Map.copyOf(options);
    }

    /** That of a configuration; Parquet in the place of folders of images, tables, DataFrames and extensions. */
    static RecordFormat of(RunSpec spec) {
        String configured = spec.privateData().format();
        boolean binary = spec.modality() instanceof ImageSpec
                || (spec.modality() instanceof TextSpec text
                        && text.vectorColumn().isPresent());
        if (!FILES.contains(configured) || (binary && TEXT.contains(configured))) {
            return new RecordFormat(PARQUET, Map.of());
        }
        Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        kept.putAll(spec.privateData().options());
        ReaderOptions.listing(kept).keySet().forEach(kept::remove);
        kept.remove(BASE_PATH);
        return new RecordFormat(configured, kept);
    }

    /** Writes records, in place of what is there. */
    void write(String location, Dataset<Row> records) {
        if (!TEXT.contains(name)) {
            SyntheticData.write(name, location, records);
            return;
        }
        Map<String, String> writing = new LinkedHashMap<>(SyntheticData.AS_TEXT);
        writing.put("encoding", CsvDialect.charset(options));
        writing.put("ignoreNullFields", "false");
        Dataset<Row> rows = records;
        if (name.equals("csv")) {
            CsvDialect dialect = CsvDialect.of(options);
            writing.putAll(asWritten(dialect));
            rows = dialect.header() ? records : inPlace(records);
        }
        // Spark writes few encodings otherwise; it was the reader's to say whether this one is known.
        try (SessionSettings settings =
                new SessionSettings(records.sparkSession().conf(), Map.of("spark.sql.legacy.javaCharsets", "true"))) {
            rows.write().options(writing).format(name).save(location);
        } catch (Exception e) {
            throw new StoreException(
                    "cannot write invented records as " + name + " to " + location + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> asWritten(CsvDialect dialect) {
        String quote = dialect.quote() == CsvDialect.NONE ? "" : String.valueOf(dialect.quote());
        return Map.of(
                "header",
                String.valueOf(dialect.header()),
                "sep",
                dialect.separator(),
                "quote",
                quote,
                "escape",
                dialect.escape() == CsvDialect.NONE ? "" : String.valueOf(dialect.escape()),
                "nullValue",
                dialect.nullValue(),
                "emptyValue",
                quote + quote);
    }

    /** Column {@code _c3} as the fourth; columns that nobody declares hold anything. */
    private static Dataset<Row> inPlace(Dataset<Row> records) {
        List<String> names = List.of(records.columns());
        int last = names.stream().mapToInt(RecordFormat::place).max().orElseThrow();
        Column[] columns = new Column[last + 1];
        for (int i = 0; i <= last; i++) {
            String column = UNNAMED + i;
            columns[i] = names.contains(column)
                    ? Columns.named(column)
                    : functions.lit("undeclared").as(column);
        }
        return records.select(columns);
    }

    private static int place(String column) {
        String number = column.toLowerCase(Locale.ROOT).startsWith(UNNAMED) ? column.substring(UNNAMED.length()) : "";
        if (!number.matches("\\d{1,4}")) {
            throw new StoreException(
                    "private_data.options.header is false, but " + column + " is not named by its place, as _c0 is");
        }
        return Integer.parseInt(number);
    }
}
