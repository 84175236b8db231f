package org.privateevolution.spark.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
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

/**
 * Opens files that hold only images. File names are private values: the driver lists the files of a folder and hands
 * their names to executors; neither logs them.
 */
public final class ImageFiles {

    /** Formats of such files, as {@code private_data.format} names them. */
    public static final Set<String> FORMATS = Set.of(ImageSpec.FOLDER, ImageSpec.IDX, ImageSpec.CIFAR10);

    /** Label column of formats that hold labels themselves. */
    static final String LABEL = "label";

    /** Column of file names in a CSV of labels. */
    private static final String FILE = "file";

    private static final String LISTED = "_pe_listed";
    private static final int PARTITIONS_A_CORE = 4;

    private final SparkSession spark;

    public ImageFiles(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Opens image files. The columns are the encoded image, the label and client columns if there are any, the image's
     * name and {@link TextRecords#PROBLEM}.
     *
     * @param labelsFile labels of an IDX file, or a CSV with labels and clients of the files of a folder
     * @throws IOException if the files cannot be listed
     * @throws PrivateDataException if there are no files, or some would be left out
     */
    public Dataset<Row> open(RunSpec.PrivateData data, PrivateColumns columns, Optional<String> labelsFile)
            throws IOException {
        return switch (data.format()) {
            case ImageSpec.FOLDER -> folder(data, columns, labelsFile);
            case ImageSpec.IDX -> files(data, columns, PackedImages.idx(data.location(), labelsFile.orElse("")));
            case ImageSpec.CIFAR10 -> files(data, columns, PackedImages.cifar10(filesAt(data.location())));
            default -> throw new IllegalArgumentException(data.format() + " holds more than images");
        };
    }

    /** Whether a folder, or a folder below it, holds image files. */
    public static boolean isFolderOfImages(String location) {
        try {
            Path path = new Path(location);
            FileSystem fileSystem = path.getFileSystem(HadoopFile.configuration());
            if (!fileSystem.getFileStatus(path).isDirectory()) {
                return false;
            }
            RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(path, true);
            while (files.hasNext()) {
                if (FolderFiles.isImage(files.next().getPath().getName())) {
                    return true;
                }
            }
            return false;
        } catch (IOException | IllegalArgumentException e) {
            // A path that does not exist, or is invalid, holds no images.
            return false;
        }
    }

    /** Schema of the opened images: {@code columns}, then {@link PrivateImages#NAME} and the problem. */
    private static StructType schema(PrivateColumns columns) {
        StructType schema = new StructType();
        for (String name : columns.names()) {
            schema = schema.add(
                    name, name.equals(columns.others().get(0)) ? DataTypes.BinaryType : DataTypes.StringType, true);
        }
        return schema.add(PrivateImages.NAME, DataTypes.StringType, true)
                .add(TextRecords.PROBLEM, DataTypes.StringType, true);
    }

    /**
     * Opens the files of a folder. They are listed here and read by the tasks that decode them, because Spark's own
     * reader logs the name of each file. Wherever the folder lies, and in whatever order its files are listed, each has
     * the same place among the rows: a seed draws the same images.
     */
    private Dataset<Row> folder(RunSpec.PrivateData data, PrivateColumns columns, Optional<String> labelsFile)
            throws IOException {
        int partitions = partitions(data);
        Dataset<Row> listed = spark.createDataFrame(
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .parallelize(FolderFiles.list(data.location()), partitions),
                FolderFiles.SCHEMA);
        List<String> labels = columns.labels().columnNames();
        boolean clients = !columns.clientColumn().isEmpty();
        if (labelsFile.isPresent()) {
            listed = joined(listed.drop(LABEL), columns, labelsFile.get()).repartition(partitions);
        }
        List<Column> wanted = new ArrayList<>();
        wanted.add(functions.col(FolderFiles.PATH));
        labels.forEach(label -> wanted.add(Columns.named(label)));
        if (clients && !labels.contains(columns.clientColumn())) {
            wanted.add(Columns.named(columns.clientColumn()));
        }
        wanted.add(functions.col(PrivateImages.NAME));
        wanted.add(
                labelsFile.isEmpty()
                        ? functions.lit(null).cast(DataTypes.StringType).as(TextRecords.PROBLEM)
                        : functions
                                .when(
                                        functions.col(LISTED).gt(1),
                                        "images.labels_file lists a file more than once: keep one row per file")
                                .as(TextRecords.PROBLEM));
        return listed.select(wanted.toArray(Column[]::new))
                .mapPartitions(new FolderFiles.Opened(), Encoders.row(schema(columns)));
    }

    /** Joins the files with their rows in the CSV. A file without a row has no label, for which it is refused. */
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
        return files.join(rows, files.col(PrivateImages.NAME).equalTo(rows.col("_pe_file")), "left")
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

    private Dataset<Row> files(RunSpec.PrivateData data, PrivateColumns columns, PackedImages packed) {
        int partitions = partitions(data);
        List<Integer> parts = new ArrayList<>();
        for (int part = 0; part < partitions; part++) {
            parts.add(part);
        }
        return spark.createDataset(parts, Encoders.INT())
                .repartition(partitions)
                .mapPartitions(
                        new PackedImages.Parts(
                                packed, partitions, !columns.labels().isEmpty()),
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
            throw new PrivateDataException("private_data: nothing exists at " + location + ": check private_data.path");
        }
        files.sort(null);
        return files;
    }

    private int partitions(RunSpec.PrivateData data) {
        return data.partitions() > 0
                ? data.partitions()
                : PARTITIONS_A_CORE * spark.sparkContext().defaultParallelism();
    }
}
