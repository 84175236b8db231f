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
 * Files as Spark's own readers read them: Parquet and ORC, lines of public texts, and JSON for a draft. What these would leave out, convert or take from one of two
 * places without a word is refused; what stands in the names of folders is a text.
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
     * @param format of Spark's
     * @param location as {@link DataRoots#pattern} gives it
     */
    public SparkFiles(SparkSession spark, String format, String location, Map<String, String> options) {
        this.spark = spark;
        this.format = format;
        this.location = location;
        this.options = options;
    }

    /**
     * What a reader has opened.
     *
     * @param rows of the columns that it can read
     * @param inFiles the columns that the files themselves hold
     * @param unreadable why others cannot be read, by their names, to be said after the name
     */
    record Opened(Dataset<Row> rows, StructType inFiles, Map<String, String> unreadable) {

        /** What Spark opened by itself. Once it is given a schema, it no longer tells what the files hold. */
        static Opened bySpark(Dataset<Row> rows) {
            StructType inFiles = SourceFiles.of(rows)
                    .map(files -> files.relation().dataSchema())
                    .orElseGet(rows::schema);
            return new Opened(rows, inFiles, Map.of());
        }
    }

    /**
     * Opens the columns that can be read.
     *
     * @param wanted names of columns that must not be among the others
     * @throws UnsoundRecordException if one cannot be read, or files would be left out; names and types of columns are
     *     public
     */
    public Dataset<Row> open(List<String> wanted) throws IOException {
        Opened opened = opened();
        for (String column : wanted) {
            if (opened.unreadable().containsKey(column)) {
                throw new UnsoundRecordException(
                        "column " + column + " " + opened.unreadable().get(column));
            }
        }
        return FolderColumns.asTexts(reader(), location, opened.rows());
    }

    /**
     * The columns that can be read, with the types that the files declare; those in the names of folders are texts. Of
     * Parquet and ORC no record is read.
     */
    StructType types() throws IOException {
        Opened opened = opened();
        return FolderColumns.asTexts(reader(), location, opened.rows())
                .drop(opened.unreadable().keySet().toArray(String[]::new))
                .schema();
    }

    /** Opens the columns that can be read, for a draft. */
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

    /** Whether a reader failed because it found no file that tells a schema. */
    static boolean foundNone(Exception e) {
        return e instanceof AnalysisException analysis && "UNABLE_TO_INFER_SCHEMA".equals(analysis.getCondition());
    }

    private DataFrameReader reader() {
        DataFrameReader reader = spark.read().options(options).format(format);
        // Files of other types than the first's would be converted, and be null where they cannot, without a word.
        return format.equals("orc") ? reader.option("mergeSchema", "true") : reader;
    }
}
