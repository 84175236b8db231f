package org.privateevolution.spark.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.spark.parsing.CsvLayout;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.parsing.UnsoundRecordException;
import org.privateevolution.spark.session.Columns;

/** CSV files as a run reads them, with column types inferred from the values: for a draft, which is NOT private. */
final class CsvTable {

    /** Types by the pattern of their values; a column has the first type that matches all of its values. */
    private static final Map<String, String> PATTERNS = patterns();

    private CsvTable() {}

    private static Map<String, String> patterns() {
        Map<String, String> patterns = new LinkedHashMap<>();
        String day = "\\s*\\d{4}-\\d{2}-\\d{2}";
        String time = "[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?";
        // A value with a leading zero is a code, which a number would not keep.
        String whole = "(0|[1-9]\\d*)";
        patterns.put("int", "\\s*[+-]?" + whole + "\\s*");
        patterns.put("bigint", "\\s*[+-]?" + whole + "\\s*");
        patterns.put("double", "\\s*([+-]?(" + whole + "(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?|NaN)\\s*");
        patterns.put("boolean", "\\s*(?i:true|false)\\s*");
        patterns.put("timestamp", day + time + "(Z|[+-]\\d{2}:\\d{2})\\s*");
        patterns.put("timestamp_ntz", day + time + "\\s*");
        return patterns;
    }

    /**
     * Opens CSV files and reads them once. Columns without a name, or with a name that occurs twice, are left out;
     * columns of folder names come last.
     *
     * @param options as {@link ReaderOptions} allows them
     * @throws PrivateDataException if a record is not sound
     */
    static Dataset<Row> open(SparkSession spark, String location, Map<String, String> options) {
        Dataset<Row> texts = texts(spark, location, options);
        try {
            return typed(texts, List.of(texts.columns()).subList(0, texts.columns().length - 1));
        } catch (UnsoundRecordException e) {
            throw new PrivateDataException(PrivateDataException.Reason.RECORD, location + ": " + e.getMessage());
        }
    }

    /**
     * Opens CSV files as strings. The last column, {@link TextRecords#PROBLEM}, says what is wrong with a record. Reads
     * the header only.
     */
    static Dataset<Row> texts(SparkSession spark, String location, Map<String, String> options) {
        Map<String, String> complete = ReaderOptions.withDefaults("csv", options);
        try {
            TextRecords records = new TextRecords(spark, "csv", DataRoots.pattern(spark, location), complete);
            List<String> header = records.header();
            requireSeparator(header, options);
            List<String> names = Stream.concat(
                            header.stream(), records.folders().stream().filter(name -> !header.contains(name)))
                    .filter(name -> name != null && Collections.frequency(header, name) <= 1)
                    .toList();
            return records.open(names);
        } catch (UnsoundRecordException e) {
            throw new PrivateDataException(PrivateDataException.Reason.RECORD, location + ": " + e.getMessage());
        } catch (IOException e) {
            throw new PrivateDataException("cannot read " + location + ": " + UnreadableReason.of(e), e);
        }
    }

    private static void requireSeparator(List<String> header, Map<String, String> options) {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(options);
        if (header.size() != 1 || header.get(0) == null || given.containsKey("sep") || given.containsKey("delimiter")) {
            return;
        }
        for (String separator : CsvLayout.SEPARATORS) {
            if (header.get(0).contains(separator)) {
                throw new UnsoundRecordException("its header seems to be separated by '" + CsvLayout.written(separator)
                        + "': set options.sep to that, or to ',' if it is not");
            }
        }
    }

    private static Dataset<Row> typed(Dataset<Row> records, List<String> names) {
        List<Column> aggregates = new ArrayList<>();
        for (String name : names) {
            PATTERNS.forEach((type, pattern) -> {
                Column fits = Columns.named(name)
                        .rlike("^" + pattern + "$")
                        .and(Columns.named(name).try_cast(type).isNotNull());
                aggregates.add(
                        functions.bool_and(functions.when(Columns.named(name).isNotNull(), fits)));
            });
        }
        Row found = records.agg(functions.max(TextRecords.PROBLEM), aggregates.toArray(Column[]::new))
                .head();
        if (!found.isNullAt(0)) {
            throw new UnsoundRecordException("a record is not sound: " + found.getString(0));
        }
        List<Column> columns = new ArrayList<>();
        int at = 1;
        for (String name : names) {
            Column column = Columns.named(name);
            boolean typed = false;
            for (String type : PATTERNS.keySet()) {
                if (!typed && !found.isNullAt(at) && found.getBoolean(at)) {
                    column = column.cast(type);
                    typed = true;
                }
                at++;
            }
            columns.add(column.as(name));
        }
        return records.select(columns.toArray(Column[]::new));
    }
}
