package org.privateevolution.spark.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.source.UnreadableReason;

/**
 * Opens private images as records of the encoded image, the label and client columns if there are any, the image's
 * name, and {@link TextRecords#PROBLEM}.
 */
final class PrivateImages {

    /** Path of the file within the folder, or another name that identifies the image; null if there is none. */
    static final String NAME = "_pe_name";

    private static final String PATH = "path";

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunSpec spec;
    private final ImageSpec images;

    PrivateImages(SparkSession spark, PrivateSource source, RunSpec spec, ImageSpec images) {
        this.spark = spark;
        this.source = source;
        this.spec = spec;
        this.images = images;
    }

    /**
     * Opens the private images.
     *
     * @throws PrivateDataException if they cannot be opened
     */
    Dataset<Row> open() {
        return open(spec, images.source().labelsFile());
    }

    /** Opens the held-out images. */
    Dataset<Row> openHeldOut() {
        ImageSpec.HeldOut heldOut = images.heldOut().orElseThrow();
        return open(spec.with(spec.privateData().at(heldOut.location())), heldOut.labelsFile());
    }

    private Dataset<Row> open(RunSpec of, Optional<String> labelsFile) {
        PrivateColumns columns = PrivateColumns.of(of);
        try {
            return ImageFiles.FORMATS.contains(of.privateData().format())
                    ? new ImageFiles(spark).open(of.privateData(), columns, labelsFile)
                    : table(of, columns);
        } catch (PrivateDataException e) {
            throw e;
        } catch (Exception e) {
            throw new PrivateDataException(
                    "private_data: cannot open " + of.privateData().format() + " "
                            + of.privateData().location() + ": " + UnreadableReason.of(e)
                            + "; check the path, and that it can be reached with these credentials");
        }
    }

    private Dataset<Row> table(RunSpec of, PrivateColumns columns) {
        Dataset<Row> rows = source.open(of, columns);
        String name = columns.others().get(0);
        DataType type = rows.schema().apply(name).dataType();
        Column image = Columns.named(name);
        Column file = functions.lit(null).cast(DataTypes.StringType);
        if (type instanceof StructType struct
                && Arrays.asList(struct.fieldNames()).contains("bytes")) {
            image = image.getField("bytes");
            type = struct.apply("bytes").dataType();
            if (Arrays.asList(struct.fieldNames()).contains(PATH)) {
                file = Columns.named(name).getField(PATH).cast(DataTypes.StringType);
            }
        }
        if (!type.equals(DataTypes.BinaryType)) {
            throw new PrivateDataException("private_data: column '" + name + "' is of type " + type.simpleString()
                    + ": images are binary, or a struct with a binary field bytes");
        }
        List<Column> wanted = new ArrayList<>();
        wanted.add(image.as(name));
        columns.names().stream().skip(1).forEach(other -> wanted.add(Columns.named(other)));
        wanted.add(file.as(NAME));
        wanted.add(functions.col(TextRecords.PROBLEM));
        return rows.select(wanted.toArray(Column[]::new));
    }
}
