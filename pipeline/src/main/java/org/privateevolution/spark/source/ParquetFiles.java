package org.privateevolution.spark.source;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.spark.session.SessionFiles;

/**
 * Parquet files with columns that Spark cannot read, which end its own inference of their schema: times of day, timestamps of
 * nanoseconds, names that differ by case only.
 */
public final class ParquetFiles {

    private final SparkSession spark;
    private final String location;
    private final Map<String, String> options;

    ParquetFiles(SparkSession spark, String location, Map<String, String> options) {
        this.spark = spark;
        this.location = location;
        this.options = options;
    }

    /**
     * Columns that Spark can read, and the others.
     *
     * @param unreadable why, by the names of the others, to be said after the name
     */
    public record Readable(Dataset<Row> columns, Map<String, String> unreadable) {}

    /** Opens the columns that Spark can read, for a draft. */
    public static Readable readable(SparkSession spark, String location, Map<String, String> options)
            throws IOException {
        return new ParquetFiles(spark, DataRoots.pattern(spark, location), options).readable();
    }

    /**
     * Opens the columns that Spark can read.
     *
     * @param wanted names of columns that have to be among them
     * @throws PrivateDataException if one cannot be read; names and types of columns are public
     */
    Dataset<Row> open(List<String> wanted) throws IOException {
        Readable readable = readable();
        for (String column : wanted) {
            if (readable.unreadable().containsKey(column)) {
                throw new PrivateDataException("private_data: parquet " + location + ": column " + column + " "
                        + readable.unreadable().get(column));
            }
        }
        return readable.columns();
    }

    private Readable readable() throws IOException {
        try {
            return new Readable(reader().load(location), Map.of());
        } catch (Exception e) {
            // Spark has many conditions for it, and throws its checked AnalysisException undeclared, from Scala.
            Optional<Readable> others = besidesUnreadable();
            if (others.isEmpty()) {
                throw e;
            }
            return others.get();
        }
    }

    /** Empty if there is nothing that Spark cannot read: then that is not what it complains of. */
    private Optional<Readable> besidesUnreadable() {
        Map<String, String> unreadable = new LinkedHashMap<>();
        try {
            StructType schema = schema(unreadable);
            return unreadable.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Readable(reader().schema(schema).load(location), unreadable));
        } catch (Exception e) {
            // Not a Parquet file, or none at all: the first complaint tells.
            return Optional.empty();
        }
    }

    private DataFrameReader reader() {
        return spark.read().options(options).format("parquet");
    }

    /** Of the first file, as Spark has it. */
    private StructType schema(Map<String, String> unreadable) throws IOException {
        String[] files = spark.read()
                .format("binaryFile")
                .options(ReaderOptions.listing(options))
                .load(location)
                .inputFiles();
        MessageType written = footer(new Path(URI.create(files[0])));
        ParquetToSparkSchemaConverter converter =
                new ParquetToSparkSchemaConverter(spark.sessionState().conf());
        List<StructField> fields = new ArrayList<>();
        for (Type field : written.getFields()) {
            if (isAmbiguous(field, written)) {
                unreadable.put(field.getName(), "has a name that differs from another's by case only: rename one");
                continue;
            }
            try {
                fields.add(converter.convert(new MessageType(written.getName(), field))
                        .fields()[0]);
            } catch (Exception e) {
                unreadable.put(
                        field.getName(),
                        "is of a type that Spark does not read, " + type(field)
                                + ": write it anew, for instance as a timestamp of microseconds or as a text");
            }
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    private MessageType footer(Path file) throws IOException {
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(file, SessionFiles.configuration(spark)))) {
            return reader.getFooter().getFileMetaData().getSchema();
        }
    }

    private static boolean isAmbiguous(Type field, MessageType written) {
        return written.getFields().stream()
                        .filter(other -> other.getName().equalsIgnoreCase(field.getName()))
                        .count()
                > 1;
    }

    private static String type(Type field) {
        if (field.getLogicalTypeAnnotation() != null) {
            return field.getLogicalTypeAnnotation().toString();
        }
        return field.isPrimitive()
                ? field.asPrimitiveType().getPrimitiveTypeName().name().toLowerCase(Locale.ROOT)
                : "a group";
    }
}
