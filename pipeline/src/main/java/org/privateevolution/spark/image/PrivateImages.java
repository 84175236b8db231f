package org.privateevolution.spark.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.ReaderOptions;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.parsing.UnsoundRecordException;
import org.privateevolution.spark.session.Columns;
import org.privateevolution.spark.session.HadoopFile;
import org.privateevolution.spark.source.DataRoots;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.source.UnreadableReason;

/**
 * Opens private images as records of the encoded image, the label and client columns if there are any, the image's name,
 * and {@link TextRecords#PROBLEM}. File names are private values: the driver lists those of a folder and hands them to
 * executors; neither logs them.
 */
final class PrivateImages {

    /** Path of the file within the folder, or what else tells which image it is; null where nothing does. */
    static final String NAME = "_pe_name";

    /** Label column of the formats that bring their labels. */
    static final String LABEL = "label";

    /** Column of a CSV of labels. */
    private static final String FILE = "file";

    private static final String PATH = "path";
    private static final String LISTED = "_pe_listed";
    private static final int PARTITIONS_A_CORE = 4;

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
     * The private images.
     *
     * @throws PrivateDataException if they cannot be opened
     */
    Dataset<Row> open() {
        return open(spec, images.source().labelsFile());
    }

    /** The held-out images. */
    Dataset<Row> openHeldOut() {
        ImageSpec.HeldOut heldOut = images.heldOut().orElseThrow();
        return open(spec.with(spec.privateData().at(heldOut.location())), heldOut.labelsFile());
    }

    private Dataset<Row> open(RunSpec of, Optional<String> labelsFile) {
        PrivateColumns columns = PrivateColumns.of(of);
        try {
            return switch (of.privateData().format()) {
                case ImageSpec.FOLDER -> folder(of, columns, labelsFile);
                case ImageSpec.IDX ->
                    files(of, columns, PackedImages.idx(of.privateData().location(), labelsFile.orElse("")));
                case ImageSpec.CIFAR10 ->
                    files(
                            of,
                            columns,
                            PackedImages.cifar10(filesAt(of.privateData().location())));
                default -> table(of, columns);
            };
        } catch (PrivateDataException e) {
            throw e;
        } catch (Exception e) {
            throw new PrivateDataException(
                    "private_data: cannot open " + of.privateData().format() + " "
                            + of.privateData().location() + ": " + UnreadableReason.of(e)
                            + "; check the path, and that it can be reached with these credentials");
        }
    }

    /** Schema of what is opened: as {@code columns}, then {@link #NAME} and the problem. */
    private static StructType schema(PrivateColumns columns) {
        StructType schema = new StructType();
        for (String name : columns.names()) {
            schema = schema.add(
                    name, name.equals(columns.others().get(0)) ? DataTypes.BinaryType : DataTypes.StringType, true);
        }
        return schema.add(NAME, DataTypes.StringType, true).add(TextRecords.PROBLEM, DataTypes.StringType, true);
    }

    /**
     * The files of a folder. Listed here and read by the tasks that decode them, because Spark's own reader logs the name
     * of each.
     */
    private Dataset<Row> folder(RunSpec of, PrivateColumns columns, Optional<String> labelsFile) throws IOException {
        RunSpec.PrivateData data = of.privateData();
        Dataset<Row> listed = spark.createDataFrame(FolderFiles.list(data.location()), FolderFiles.SCHEMA);
        boolean labelled = columns.label() != null;
        boolean clients = !columns.clientColumn().isEmpty();
        if (labelsFile.isPresent()) {
            listed = joined(listed.drop(LABEL), columns, labelsFile.get());
        } else if (labelled) {
            listed = listed.withColumnRenamed(LABEL, columns.label().name());
        }
        List<Column> wanted = new ArrayList<>();
        wanted.add(functions.col(FolderFiles.PATH));
        if (labelled) {
            wanted.add(Columns.named(columns.label().name()));
        }
        if (clients && !columns.clientColumn().equals(labelled ? columns.label().name() : "")) {
            wanted.add(Columns.named(columns.clientColumn()));
        }
        wanted.add(functions.col(NAME));
        wanted.add(
                labelsFile.isEmpty()
                        ? functions.lit(null).cast(DataTypes.StringType).as(TextRecords.PROBLEM)
                        : functions
                                .when(
                                        functions.col(LISTED).gt(1),
                                        "a file stands in images.labels_file more than once: leave one row of each")
                                .as(TextRecords.PROBLEM));
        return listed.select(wanted.toArray(Column[]::new))
                .repartition(partitions(data))
                .mapPartitions(new FolderFiles.Opened(), Encoders.row(schema(columns)));
    }

    /** The files with what the CSV says of them. A file without a row has no label, which is refused. */
    private Dataset<Row> joined(Dataset<Row> files, PrivateColumns columns, String labelsFile) throws IOException {
        List<String> names = columns.names().subList(1, columns.names().size());
        Dataset<Row> csv = csv(labelsFile, names);
        List<Column> firsts = new ArrayList<>();
        for (String name : names) {
            firsts.add(functions.first(Columns.named(name)).as(name));
        }
        Column[] rest = firsts.toArray(Column[]::new);
        Dataset<Row> rows = csv.groupBy(functions.col(FILE).as("_pe_file"))
                .agg(functions.count(functions.lit(1)).as(LISTED), rest);
        return files.join(rows, files.col(NAME).equalTo(rows.col("_pe_file")), "left")
                .drop("_pe_file");
    }

    private Dataset<Row> csv(String labelsFile, List<String> names) throws IOException {
        List<String> wanted = new ArrayList<>(names);
        if (!wanted.contains(FILE)) {
            wanted.add(FILE);
        }
        DataRoots.requireSeen(labelsFile, HadoopFile.configuration());
        try {
            return new TextRecords(
                            spark,
                            "csv",
                            DataRoots.pattern(labelsFile, HadoopFile.configuration()),
                            ReaderOptions.withDefaults("csv", Map.of()))
                    .openSound(wanted);
        } catch (UnsoundRecordException e) {
            throw new PrivateDataException("private_data: images.labels_file " + labelsFile + ": " + e.getMessage());
        }
    }

    private Dataset<Row> files(RunSpec of, PrivateColumns columns, PackedImages packed) {
        int partitions = partitions(of.privateData());
        List<Integer> parts = new ArrayList<>();
        for (int part = 0; part < partitions; part++) {
            parts.add(part);
        }
        return spark.createDataset(parts, Encoders.INT())
                .repartition(partitions)
                .mapPartitions(
                        new PackedImages.Parts(packed, partitions, columns.label() != null),
                        Encoders.row(schema(columns)));
    }

    private List<String> filesAt(String location) throws IOException {
        DataRoots.requireApart(location, HadoopFile.configuration());
        Path path = new Path(DataRoots.pattern(location, HadoopFile.configuration()));
        FileSystem fileSystem = path.getFileSystem(HadoopFile.configuration());
        List<String> files = new ArrayList<>();
        FileStatus[] found = fileSystem.globStatus(path);
        for (FileStatus status : found == null ? new FileStatus[0] : found) {
            if (status.isFile()) {
                files.add(status.getPath().toString());
                continue;
            }
            for (FileStatus inside : fileSystem.listStatus(status.getPath())) {
                String name = inside.getPath().getName();
                if (inside.isFile() && name.endsWith(".bin") && !name.startsWith(".")) {
                    files.add(inside.getPath().toString());
                }
            }
        }
        if (found == null || found.length == 0) {
            throw new PrivateDataException("private_data: nothing at " + location + ": check private_data.path");
        }
        files.sort(null);
        return files;
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

    private int partitions(RunSpec.PrivateData data) {
        return data.partitions() > 0
                ? data.partitions()
                : PARTITIONS_A_CORE * spark.sparkContext().defaultParallelism();
    }
}
