package org.privateevolution.spark.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.image.BadImageException;
import org.privateevolution.image.ContactSheet;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.image.Png;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sha256;
import org.privateevolution.spark.evaluation.SampledRecords.Content;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.image.ImageFiles;
import org.privateevolution.spark.image.ImageRoom;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.UnreadableReason;
import org.privateevolution.spi.ImageEncoder;

/** Reads, decodes and embeds images as a configuration says, or with its defaults if there is none. */
public final class ImageReading {

    /** Column of the encoded images in the tables that this class opens. */
    static final String IMAGE = "_pe_image";

    /** Column that identifies an image's pixels. */
    static final String PIXELS = "_pe_pixels";

    private static final String BYTES = "bytes";

    private final SparkSession spark;
    private final Optional<ImageSpec> declared;
    private final ImageDecoder decoder;
    private final boolean skips;

    /** @param declared declaration of a run or its configuration; empty for the defaults */
    public ImageReading(SparkSession spark, Optional<ImageSpec> declared) {
        this.spark = spark;
        this.declared = declared;
        this.decoder = new ImageDecoder(
                declared.map(images -> images.source().mostPixels()).orElse(ImageSpec.USUAL_MOST_PIXELS));
        this.skips = declared.filter(images -> images.source().corrupt() == ImageSpec.Corrupt.SKIP)
                .isPresent();
    }

    /**
     * Opens images. The columns are the encoded image, the client if there is one, and {@link TextRecords#PROBLEM}.
     *
     * @param format one of {@link ImageFiles#FORMATS}, or the format of a table with a column of images
     * @param options options of a table, as in {@code private_data.options}
     * @param client client column of a table, or of the CSV that is declared with a folder; ignored if neither has it
     * @throws PrivateDataException if there are no images, or some would be left out
     */
    public Table open(String format, String location, Map<String, String> options, Optional<String> client) {
        Table opened = ImageFiles.FORMATS.contains(format)
                ? files(format, location, client)
                : table(Table.open(spark, format, location, options), client);
        if (!skips) {
            return opened;
        }
        ImageDecoder tried = decoder;
        return new Table(
                opened.rows().filter((FilterFunction<Row>) row -> !row.isNullAt(0) && isSound(tried, row.getAs(0))),
                location);
    }

    private static boolean isSound(ImageDecoder decoder, byte[] encoded) {
        try {
            decoder.decode(encoded);
            return true;
        } catch (BadImageException e) {
            return false;
        }
    }

    private Table files(String format, String location, Optional<String> client) {
        Optional<String> csv = format.equals(ImageSpec.FOLDER) && client.isPresent()
                ? declared.flatMap(images -> images.source().labelsFile())
                : Optional.empty();
        PrivateColumns columns = new PrivateColumns(
                List.of(), List.of(IMAGE), LabelColumns.NONE, csv.isPresent() ? client.orElse("") : "");
        RunSpec.PrivateData data = new RunSpec.PrivateData(
                format, location, Map.of(), columns.clientColumn(), 0, new RunSpec.PrivateStore("", false, ""));
        try {
            Dataset<Row> rows = new ImageFiles(spark).open(data, columns, csv);
            List<String> names = new ArrayList<>(columns.names());
            names.add(TextRecords.PROBLEM);
            return new Table(SelectedColumns.of(rows, names), location);
        } catch (PrivateDataException e) {
            throw new PrivateDataException(e.getMessage().replaceFirst("^private_data: ", ""));
        } catch (Exception e) {
            throw new PrivateDataException("cannot read " + location + ": " + UnreadableReason.of(e));
        }
    }

    private Table table(Table table, Optional<String> client) {
        List<String> found = Arrays.stream(table.rows().schema().fields())
                .filter(field -> isImage(field))
                .map(StructField::name)
                .toList();
        Optional<String> named =
                declared.map(images -> images.source().column()).filter(found::contains);
        if (named.isEmpty() && found.size() != 1) {
            throw new PrivateDataException(table.location() + ": "
                    + (found.isEmpty()
                            ? "no column has images: binary values, or a struct with a binary field bytes"
                            : "several columns have images (" + String.join(", ", found)
                                    + "): give a configuration (--config) whose images.column names one"));
        }
        String name = named.orElse(found.get(0));
        Column image = Columns.named(name);
        if (table.rows().schema().apply(name).dataType() instanceof StructType) {
            image = image.getField(BYTES);
        }
        List<Column> wanted = new ArrayList<>(List.of(image.as(IMAGE)));
        client.filter(table.names()::contains).ifPresent(column -> wanted.add(Columns.named(column)));
        wanted.add(Columns.named(TextRecords.PROBLEM));
        return new Table(table.rows().select(wanted.toArray(Column[]::new)), table.location());
    }

    private static boolean isImage(StructField field) {
        if (field.dataType() instanceof StructType struct) {
            return Arrays.asList(struct.fieldNames()).contains(BYTES)
                    && struct.apply(BYTES).dataType().equals(DataTypes.BinaryType);
        }
        return field.dataType().equals(DataTypes.BinaryType);
    }

    /** The same rows, with each image replaced by a string that identifies its decoded pixels. */
    Table withoutPictures(Table images) {
        StructType schema = new StructType().add(PIXELS, DataTypes.StringType);
        for (StructField field : Arrays.asList(images.rows().schema().fields())
                .subList(1, images.rows().schema().size())) {
            schema = schema.add(field);
        }
        return new Table(
                images.rows().map((MapFunction<Row, Row>) new Told(decoder)::row, Encoders.row(schema)),
                images.location());
    }

    /**
     * Opens the image encoder.
     *
     * @throws org.privateevolution.config.ConfigurationException if a model is missing, or is not the declared one
     */
    ImageEncoder encoder() {
        return ImageRoom.encoder(
                ImageRoom.pinned(embedding()), spark.sparkContext().conf().getInt("spark.task.cpus", 1));
    }

    private ImageSpec.Embedding embedding() {
        return declared.map(ImageSpec::embedding).orElse(ImageSpec.USUAL_EMBEDDING);
    }

    /** Says in a sentence how the images are embedded. */
    String sentence() {
        return "Images are embedded by " + what() + " "
                + String.format(
                        Locale.ROOT,
                        "(%d x %d pixels)",
                        embedding().frame().width(),
                        embedding().frame().height())
                + (declared.isPresent()
                        ? ", as the configuration says."
                        : ", as in a run whose configuration names no model; --config can name a configuration"
                                + " with a model.")
                + " FID, precision and recall cannot be compared with those of another embedding, such as the Inception"
                + " network of published figures.";
    }

    private String what() {
        if (embedding() instanceof ImageSpec.OnnxEmbedding onnx) {
            return "the model " + onnx.model().location();
        }
        return embedding() instanceof ImageSpec.ExtensionEmbedding foreign
                ? "the extension " + foreign.extension().name()
                : "their pixels";
    }

    Content<float[]> embedded(ImageEncoder encoder) {
        return new Embedded(decoder, encoder);
    }

    /** @param side side of the square in which images are shown, in pixels */
    Content<byte[]> shown(int side) {
        return new Shown(decoder, side);
    }

    private static Pixels decoded(ImageDecoder decoder, byte[] encoded) {
        try {
            return decoder.decode(encoded);
        } catch (BadImageException e) {
            throw new PrivateDataException(refusal(e));
        }
    }

    private static String refusal(BadImageException e) {
        return "an image " + e.getMessage()
                + "; repair or remove it, or set images.corrupt: skip in a configuration (--config)";
    }

    /** Replaces an image by a string that identifies its pixels. */
    record Told(ImageDecoder decoder) implements Serializable {

        Row row(Row row) {
            Object[] values = new Object[row.size()];
            for (int i = 1; i < values.length; i++) {
                values[i] = row.get(i);
            }
            int problem = values.length - 1;
            if (values[problem] != null) {
                return RowFactory.create(values);
            }
            if (row.isNullAt(0)) {
                values[problem] = "an image is null: remove such rows";
                return RowFactory.create(values);
            }
            try {
                Pixels pixels = decoder.decode(row.getAs(0));
                values[0] = new Sha256().add(pixels.rgb()).hex() + " " + pixels.width();
            } catch (BadImageException e) {
                values[problem] = refusal(e);
            }
            return RowFactory.create(values);
        }
    }

    /** Embeds an image. */
    record Embedded(ImageDecoder decoder, ImageEncoder encoder) implements Content<float[]> {
        @Override
        public float[] of(Object encoded) {
            float[] vector = new float[encoder.dimension()];
            encoder.encode(decoded(decoder, (byte[]) encoded), vector, 0);
            return vector;
        }
    }

    /** Makes a small PNG of an image. */
    record Shown(ImageDecoder decoder, int side) implements Content<byte[]> {
        @Override
        public byte[] of(Object encoded) {
            Pixels pixels = decoded(decoder, (byte[]) encoded);
            return Png.encode(new ContactSheet(1, side, side, 0).of(List.of(pixels)));
        }
    }
}
