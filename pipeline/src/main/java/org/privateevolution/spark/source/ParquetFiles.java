package org.privateevolution.spark.source;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.spark.parsing.UnsoundRecordException;
import org.privateevolution.spark.session.SessionFiles;

/**
 * Parquet files with columns that Spark cannot read and at which its schema inference fails: times of day, timestamps
 * of nanoseconds, names that differ by case only.
 */
final class ParquetFiles {

    private final SparkSession spark;
    private final String location;
    private final Map<String, String> options;

    ParquetFiles(SparkSession spark, String location, Map<String, String> options) {
        this.spark = spark;
        this.location = location;
        this.options = options;
    }

    /** Opens the columns that Spark can read. */
    SparkFiles.Opened open() throws IOException {
        try {
            return SparkFiles.Opened.bySpark(reader().load(location));
        } catch (Exception e) {
            // Spark reports such columns under many conditions, and throws its checked AnalysisException undeclared,
            // from Scala.
            Optional<SparkFiles.Opened> others = besidesUnreadable();
            if (others.isEmpty()) {
                throw e;
            }
            return others.get();
        }
    }

    /** Opens the readable columns; empty if Spark can read all of them, so that its failure has another cause. */
    private Optional<SparkFiles.Opened> besidesUnreadable() {
        Map<String, String> unreadable = new LinkedHashMap<>();
        try {
            StructType schema = schema(unreadable);
            return unreadable.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SparkFiles.Opened(reader().schema(schema).load(location), schema, unreadable));
        } catch (UnsoundRecordException e) {
            throw e;
        } catch (Exception e) {
            // Not a Parquet file, or no file at all: the first failure says which.
            return Optional.empty();
        }
    }

    private DataFrameReader reader() {
        return spark.read().options(options).format("parquet");
    }

    /** The schema by Spark's rule: of the first file or, if schemas are to be merged, of all files. */
    private StructType schema(Map<String, String> unreadable) throws IOException {
        String[] files = spark.read()
                .format("binaryFile")
                .options(ReaderOptions.listing(options))
                .load(location)
                .inputFiles();
        Map<String, StructField> fields = new LinkedHashMap<>();
        for (String file : isMerged() ? List.of(files) : List.of(files[0])) {
            add(footer(new Path(URI.create(file))), fields, unreadable);
        }
        unreadable.keySet().forEach(fields::remove);
        return new StructType(fields.values().toArray(StructField[]::new));
    }

    private boolean isMerged() {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(options);
        return Boolean.parseBoolean(
                given.getOrDefault("mergeSchema", spark.conf().get("spark.sql.parquet.mergeSchema", "false")));
    }

    private void add(MessageType written, Map<String, StructField> fields, Map<String, String> unreadable) {
        ParquetToSparkSchemaConverter converter =
                new ParquetToSparkSchemaConverter(spark.sessionState().conf());
        for (Type field : written.getFields()) {
            String name = field.getName();
            if (isAmbiguous(field, written)) {
                unreadable.put(name, "has the same name as another, apart from upper and lower case: rename one");
                continue;
            }
            try {
                StructField found = converter.convert(new MessageType(written.getName(), field))
                        .fields()[0];
                StructField before = fields.putIfAbsent(name, found);
                if (before != null && !before.dataType().equals(found.dataType())) {
                    throw new UnsoundRecordException(
                            "column " + name + " has different types in its files: write it in one type");
                }
            } catch (UnsoundRecordException e) {
                throw e;
            } catch (Exception e) {
                unreadable.put(
                        name,
                        "is of a type that Spark does not read, " + type(field)
                                + ": write it in another type, for instance as a timestamp of microseconds or a text");
            }
        }
    }

    private MessageType footer(Path file) throws IOException {
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(file, SessionFiles.configuration(spark)))) {
            return reader.getFooter().getFileMetaData().getSchema();
        }
    }

    private boolean isAmbiguous(Type field, MessageType written) {
        boolean cased = spark.sessionState().conf().caseSensitiveAnalysis();
        return written.getFields().stream()
                        .map(Type::getName)
                        .filter(name -> cased ? name.equals(field.getName()) : name.equalsIgnoreCase(field.getName()))
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
