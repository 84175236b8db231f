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
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spi.StoreException;

/**
 * The format of the files of invented records: the format of the private data, if they are files of records, written so
 * that the configuration's options read them. The audit thus also covers the reader of the private data.
 *
 * @param name csv, json, orc or parquet
 * @param options options that the files are read with
 */
record RecordFormat(String name, Map<String, String> options) {

    private static final String PARQUET = "parquet";
    private static final Set<String> TEXT = Set.of("csv", "json");

    /**
     * Option that says where the folders of columns begin; applied to the audit's own files, it would leave some out.
     */
    private static final String BASE_PATH = "basePath";

    /** Prefix of columns in a file without a header. */
    private static final String UNNAMED = "_c";

    RecordFormat {
        options = Map.copyOf(options);
    }

    /** The format of a configuration; Parquet in place of folders of images, tables, DataFrames and extensions. */
    static RecordFormat of(RunSpec spec) {
        String configured = spec.privateData().format();
        boolean binary = spec.modality() instanceof ImageSpec
                || (spec.modality() instanceof TextSpec text
                        && text.vectorColumn().isPresent());
        if (!PrivateSource.FILES.contains(configured) || (binary && TEXT.contains(configured))) {
            return new RecordFormat(PARQUET, Map.of());
        }
        Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        kept.putAll(spec.privateData().options());
        ReaderOptions.listing(kept).keySet().forEach(kept::remove);
        kept.remove(BASE_PATH);
        return new RecordFormat(configured, kept);
    }

    /** Writes records, replacing what is there. */
    void write(String location, Dataset<Row> records) {
        if (!TEXT.contains(name)) {
            SyntheticData.write(name, location, records);
            return;
        }
        Map<String, String> writing = new LinkedHashMap<>(SyntheticData.AS_TEXT);
        writing.put("encoding", CsvDialect.charset(options));
        writing.put("ignoreNullFields", "false");
        Dataset<Row> rows = SyntheticData.asWritten(name, records);
        if (name.equals("csv")) {
            CsvDialect dialect = CsvDialect.of(options);
            writing.putAll(asWritten(dialect));
            rows = dialect.header() ? rows : inPlace(rows);
        }
        // Otherwise Spark writes only few encodings. Whether this one is known was checked when it was declared for
        // reading.
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

    /** Puts columns in their places, {@code _c3} as the fourth. Columns that nobody declares hold a constant. */
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
