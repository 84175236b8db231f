package org.privateevolution.spark.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.spark.parsing.SourceFiles;
import org.privateevolution.spark.session.Columns;

/**
 * Columns that stand in the names of folders, as in {@code zip=00501}. Spark infers their types and makes 501 of this
 * value; here they are read as strings, as the columns of text files are.
 */
final class FolderColumns {

    private FolderColumns() {}

    /**
     * Reopens the files with these columns as strings.
     *
     * @param reader the reader that has opened the files, with its options and format
     */
    static Dataset<Row> asTexts(DataFrameReader reader, String location, Dataset<Row> files) {
        List<String> guessed = guessed(files);
        if (guessed.isEmpty()) {
            return files;
        }
        StructType schema = new StructType();
        for (StructField field : files.schema().fields()) {
            schema =
                    guessed.contains(field.name()) ? schema.add(field.name(), DataTypes.StringType) : schema.add(field);
        }
        return reader.schema(schema).load(location);
    }

    /** Reopens the files for a draft: a folder column keeps Spark's type if it writes each value as the folder does. */
    static Dataset<Row> asDrafted(DataFrameReader reader, String location, Dataset<Row> files) {
        List<String> guessed = guessed(files);
        if (guessed.isEmpty()) {
            return files;
        }
        Dataset<Row> texts = asTexts(reader, location, files);
        Column[] exact = guessed.stream()
                .map(name -> functions.bool_and(functions.coalesce(
                        Columns.named(name)
                                .try_cast(files.schema().apply(name).dataType())
                                .cast(DataTypes.StringType)
                                .equalTo(Columns.named(name)),
                        Columns.named(name).isNull())))
                .toArray(Column[]::new);
        Row found = texts.agg(functions.lit(true), exact).head();
        List<Column> columns = new ArrayList<>();
        for (String name : texts.columns()) {
            int at = guessed.indexOf(name) + 1;
            boolean typed = at > 0 && !found.isNullAt(at) && found.getBoolean(at);
            columns.add(
                    typed
                            ? Columns.named(name)
                                    .cast(files.schema().apply(name).dataType())
                                    .as(name)
                            : Columns.named(name));
        }
        return texts.select(columns.toArray(Column[]::new));
    }

    private static List<String> guessed(Dataset<Row> files) {
        Optional<StructType> folders =
                SourceFiles.of(files).map(relation -> relation.relation().partitionSchema());
        return folders.stream()
                .flatMap(schema -> Arrays.stream(schema.fields()))
                .filter(field -> !field.dataType().equals(DataTypes.StringType))
                .map(StructField::name)
                .toList();
    }
}
