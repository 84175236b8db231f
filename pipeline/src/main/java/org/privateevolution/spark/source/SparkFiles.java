package org.privateevolution.spark.source;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.spark.parsing.SourceFiles;
import org.privateevolution.spark.parsing.UnsoundRecordException;

/**
 * Files that Spark's own readers read: Parquet and ORC, lines of public texts, and JSON for a draft. Refuses whatever
 * these readers would silently leave out, convert, or take from one of two places; columns in the names of folders are
 * strings.
 */
public final class SparkFiles {

    private static final String IN_TWO_PLACES =
            "is in the files and in the names of their folders: rename it in one of these places";

    private final SparkSession spark;
    private final String format;
    private final String location;
    private final Map<String, String> options;

    /**
     * Reads nothing yet.
     *
     * @param format name of Spark's format
     * @param location as {@link DataRoots#pattern} gives it
     */
    public SparkFiles(SparkSession spark, String format, String location, Map<String, String> options) {
        this.spark = spark;
        this.format = format;
        this.location = location;
        this.options = options;
    }

    /**
     * Files that a reader has opened.
     *
     * @param rows the columns that the reader can read
     * @param inFiles the columns that the files themselves hold
     * @param unreadable why each of the other columns cannot be read, by name; worded to follow the name in a message
     */
    record Opened(Dataset<Row> rows, StructType inFiles, Map<String, String> unreadable) {

        /**
         * Files that Spark opened without a given schema; with one, it no longer tells which columns the files hold.
         */
        static Opened bySpark(Dataset<Row> rows) {
            StructType inFiles = SourceFiles.of(rows)
                    .map(files -> files.relation().dataSchema())
                    .orElseGet(rows::schema);
            return new Opened(rows, inFiles, Map.of());
        }
    }

    /**
     * Opens the readable columns.
     *
     * @param wanted names of columns that must be readable
     * @throws UnsoundRecordException if a wanted column cannot be read, or files would be left out; names and types of
     *     columns are public
     */
    public Dataset<Row> open(List<String> wanted) throws IOException {
        Opened opened = opened();
        for (String column : wanted) {
            for (Map.Entry<String, String> unreadable : opened.unreadable().entrySet()) {
                String name = unreadable.getKey();
                if (column.equals(name) || column.startsWith(name + ".")) {
                    throw new UnsoundRecordException("column " + name + " " + unreadable.getValue());
                }
            }
        }
        return FolderColumns.asTexts(reader(), location, opened.rows());
    }

    /**
     * The readable columns with the types that the files declare; columns of folder names are strings. Of Parquet and
     * ORC files, no record is read.
     */
    StructType types() throws IOException {
        Opened opened = opened();
        return FolderColumns.asTexts(reader(), location, opened.rows())
                .drop(opened.unreadable().keySet().toArray(String[]::new))
                .schema();
    }

    /** Opens the readable columns for a draft. */
    Draftable draftable() throws IOException {
        Opened opened = opened();
        Dataset<Row> rows = FolderColumns.asDrafted(reader(), location, opened.rows());
        return new Draftable(rows.drop(opened.unreadable().keySet().toArray(String[]::new)), opened.unreadable());
    }

    private Opened opened() throws IOException {
        Opened opened = loaded();
        Map<String, String> unreadable = new LinkedHashMap<>(opened.unreadable());
        SourceFiles.of(opened.rows()).ifPresent(files -> {
            files.requireAllRead();
            boolean cased = spark.sessionState().conf().caseSensitiveAnalysis();
            files.inTwoPlaces(opened.inFiles(), cased).forEach(name -> unreadable.putIfAbsent(name, IN_TWO_PLACES));
        });
        return new Opened(opened.rows(), opened.inFiles(), unreadable);
    }

    private Opened loaded() throws IOException {
        try {
            return format.equals("parquet")
                    ? new ParquetFiles(spark, location, options).open()
                    : Opened.bySpark(reader().load(location));
        } catch (Exception e) {
            if (foundNone(e)) {
                SourceFiles.of(spark.read()
                                .options(ReaderOptions.listing(options))
                                .format("binaryFile")
                                .load(location))
                        .ifPresent(SourceFiles::requireAllRead);
            }
            throw e;
        }
    }

    /** Whether a reader failed because it found no file to take the schema from. */
    static boolean foundNone(Exception e) {
        return e instanceof AnalysisException analysis && "UNABLE_TO_INFER_SCHEMA".equals(analysis.getCondition());
    }

    private DataFrameReader reader() {
        DataFrameReader reader = spark.read().options(options).format(format);
        // Without it, Spark converts files whose types differ from the first file's, silently giving nulls where it
        // cannot.
        return format.equals("orc") ? reader.option("mergeSchema", "true") : reader;
    }
}
