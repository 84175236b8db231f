package org.privateevolution.spark.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.RunSpec.PrivateData;
import org.privateevolution.spark.parsing.SimilarName;
import org.privateevolution.spark.parsing.SourceFiles;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.parsing.UnsoundRecordException;
import org.privateevolution.spark.session.ExactTimes;
import org.privateevolution.spark.session.HadoopFile;
import org.privateevolution.spark.session.JobGroup;
import org.privateevolution.spark.session.SessionFiles;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Opens the private records as a DataFrame of the declared columns. Text formats are read as text
 * ({@link TextRecords}), never through Spark's casts or schema inference, whose errors quote the offending value.
 */
public final class PrivateSource {

    private static final Set<DataType> CLIENT_TYPES = Set.of(
            DataTypes.StringType, DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

    /** The formats of plain files. */
    public static final Set<String> FILES = Set.of("csv", "json", "parquet", "orc");

    /** Files that Spark puts into one partition if they are small. */
    private static final int FEW_FILES = 32;

    /** More than one, because partitions differ in how long they take. */
    private static final int PARTITIONS_A_CORE = 4;

    /** Size of files that is worth a task in every release. */
    private static final long PARTITION_BYTES = 4L << 20;

    private static final Set<String> VERSIONED = Set.of("delta", "table");

    private static final String GONE =
            "the version that the run began with was vacuumed or expired, and the run cannot continue with another:"
                    + " restore it, or choose another output.path, where a run begins with the newest version";

    private final SparkSession spark;
    private final Dataset<Row> given;

    /** Null unless a version is pinned. */
    private final PinnedVersion version;

    /** A source at the location that the configuration names. */
    public PrivateSource(SparkSession spark) {
        this(spark, null, null);
    }

    /** @param given the records, if the configuration's format is a DataFrame; otherwise null */
    public PrivateSource(SparkSession spark, Dataset<Row> given) {
        this(spark, given, null);
    }

    private PrivateSource(SparkSession spark, Dataset<Row> given, PinnedVersion version) {
        this.spark = spark;
        this.given = given;
        this.version = version;
    }

    /**
     * Checks that a DataFrame is given if and only if the configuration asks for one and, as far as Spark can tell,
     * that reading it twice gives the same records: Spark computes a lost partition again, and records that moved would
     * vote twice.
     *
     * @throws ConfigurationException if a DataFrame is missing or superfluous
     * @throws PrivateDataException if the DataFrame is a stream or draws random numbers
     */
    public void requireGiven(RunSpec spec) {
        if (spec.privateData().isDataFrame() != (given != null)) {
            throw new ConfigurationException(List.of(
                    given == null
                            ? "private_data.format is dataframe, but no DataFrame was given: only a"
                                    + " program or notebook can give one,"
                                    + " with privateData(...)"
                            : "private_data.format: "
                                    + spec.privateData().format()
                                    + ", but a DataFrame is given: set private_data to {format:"
                                    + " dataframe, name: ...}"));
        }
        if (given != null && given.isStreaming()) {
            throw new PrivateDataException("private_data: the DataFrame is a stream: give one that ends");
        }
        if (given != null) {
            requireStable(given);
        }
    }

    /**
     * Opens the declared columns of the private records: features, then the label and client columns if there are any,
     * then {@link TextRecords#PROBLEM}. Reads nothing yet but the header of CSV files, and of JSON only enough to see
     * each column.
     */
    public Dataset<Row> open(RunSpec spec) {
        return open(spec, PrivateColumns.of(spec));
    }

    /**
     * Names of the columns that a run can read, with the types that the source itself declares. Discloses nothing of
     * any record.
     *
     * @param spec of any format but {@code json} and those of extensions, which declare no columns
     * @return the types by column name; null for a type that no column can be declared with
     * @throws PrivateDataException if the source cannot be opened
     */
    public Map<String, ColumnType> types(RunSpec spec) {
        PrivateData source = spec.privateData();
        try {
            return switch (source.format()) {
                case PrivateData.DATA_FRAME -> Draftable.types(given.schema());
                case "delta" -> Draftable.types(delta(source).schema());
                case "table" -> Draftable.types(table(source.location()).schema());
                default -> Draftable.types(spark, source.format(), source.location(), source.options());
            };
        } catch (Exception e) {
            // Spark throws its checked AnalysisException undeclared, and its message may quote a value.
            throw refusal(e, source);
        }
    }

    /** Opens the given columns in place of the declared features. */
    public Dataset<Row> open(RunSpec spec, PrivateColumns wanted) {
        PrivateData source = spec.privateData();
        List<String> columns = wanted.names();
        requireAllFiles();
        if (isFiles(spec) || source.format().equals("delta")) {
            DataRoots.requireApart(source.location(), SessionFiles.configuration(spark));
        }
        try {
            if (isFiles(spec)) {
                DataRoots.requireSeen(source.location(), SessionFiles.configuration(spark));
            }
            Dataset<Row> records =
                    switch (source.format()) {
                        case "csv", "json" -> text(spec, columns);
                        case "parquet", "orc" -> columnar(spec, wanted);
                        case "delta" -> select(delta(source), columns);
                        case "table" -> select(requireStable(table(source.location())), columns);
                        case PrivateData.DATA_FRAME -> select(given, columns);
                        default -> select(requireStable(ForeignSource.open(spark, source, columns)), columns);
                    };
            requireClientType(records.schema(), source.clientColumn());
            ColumnTypes.require(wanted.typed(), records.schema());
            ClientInFolders.refuse(records, source.clientColumn());
            return ExactTimes.of(isFiles(spec) ? gathered(records) : records)
                    .mapPartitions(
                            new SoundRecords(describe(source), records.columns().length),
                            ExactTimes.encoder(records.schema()));
        } catch (Exception e) {
            if (version != null && version.isGone(spark, source)) {
                throw new PrivateDataException("private_data: " + describe(source) + " has no version "
                        + version.version() + " any more: " + GONE);
            }
            throw refusal(e, source);
        }
    }

    /**
     * The tables or files that the records are read from, as far as Spark can tell; empty if the table does not exist.
     * Reads no record.
     *
     * @throws PrivateDataException if the source cannot be opened
     */
    public Origins origins(RunSpec spec) {
        PrivateData source = spec.privateData();
        try {
            if (source.isDataFrame()) {
                return Origins.of(spark, given);
            }
            if (source.format().equals("table")) {
                return Origins.of(spark, spark.table(source.location()));
            }
            return source.isExtension()
                    ? Origins.of(
                            spark,
                            ForeignSource.open(
                                    spark, source, PrivateColumns.of(spec).names()))
                    : Origins.at(spark, source.location());
        } catch (Exception e) {
            // Spark throws its checked exceptions undeclared.
            if (source.format().equals("table") && !spark.catalog().tableExists(source.location())) {
                return Origins.NONE;
            }
            throw refusal(e, source);
        }
    }

    /**
     * Records of many small files in fewer partitions: every release has a task per partition, and Spark puts at most
     * 32 files into one, however small they are.
     */
    private Dataset<Row> gathered(Dataset<Row> records) {
        Optional<SourceFiles> files = SourceFiles.of(records);
        if (files.isEmpty() || files.get().index().leafFiles().size() <= FEW_FILES) {
            return records;
        }
        long bytes = files.get().index().sizeInBytes();
        int cores = spark.sparkContext().defaultParallelism();
        // Never more than Spark has made.
        return records.coalesce(
                (int) Math.min(Integer.MAX_VALUE, Math.max((long) PARTITIONS_A_CORE * cores, bytes / PARTITION_BYTES)));
    }

    /** Refuses session settings with which Spark silently skips files that it cannot read. */
    private void requireAllFiles() {
        for (String name : List.of("ignoreCorruptFiles", "ignoreMissingFiles", "ignoreInvalidPartitionPaths")) {
            String setting = "spark.sql.files." + name;
            if (Boolean.parseBoolean(spark.conf().get(setting, "false"))) {
                throw new PrivateDataException(
                        "private_data: " + setting + " is true, so records may be silently left out: set it to false");
            }
        }
    }

    private Dataset<Row> text(RunSpec spec, List<String> columns) throws IOException {
        PrivateData source = spec.privateData();
        try (JobGroup group = new JobGroup(spark.sparkContext(), spec.name(), "looking for the declared columns")) {
            return new TextRecords(spark, source.format(), pattern(source), source.options()).open(columns);
        }
    }

    private String pattern(PrivateData source) throws IOException {
        return DataRoots.pattern(spark, source.location());
    }

    /** A folder without files holds no records; its missing schema does not matter then. */
    private Dataset<Row> columnar(RunSpec spec, PrivateColumns wanted) throws IOException {
        PrivateData source = spec.privateData();
        try {
            Dataset<Row> files =
                    new SparkFiles(spark, source.format(), pattern(source), source.options()).open(wanted.names());
            Optional<SourceFiles> listed = SourceFiles.of(files);
            if (listed.isPresent()) {
                listed.get().requireNoTable(SessionFiles.configuration(spark));
            }
            return select(files, wanted.names());
        } catch (Exception e) {
            if (SparkFiles.foundNone(e) && isFolder(source.location())) {
                return none(spec, wanted);
            }
            throw e;
        }
    }

    private static boolean isFolder(String location) {
        try {
            Path path = new Path(location);
            return path.getFileSystem(HadoopFile.configuration())
                    .getFileStatus(path)
                    .isDirectory();
        } catch (IOException e) {
            return false;
        }
    }

    private Dataset<Row> none(RunSpec spec, PrivateColumns wanted) {
        DataType content = spec.modality()
                .content()
                .map(held -> TypedColumns.type(held.kind()))
                .orElse(DataTypes.StringType);
        StructType schema = new StructType();
        for (String name : wanted.names()) {
            schema = schema.add(name, wanted.others().contains(name) ? content : DataTypes.StringType, true);
        }
        return spark.createDataFrame(List.of(), schema.add(TextRecords.PROBLEM, DataTypes.StringType, true));
    }

    /**
     * Whether the records are the same each time they are read, unless somebody rewrites their files. It is unknown
     * what tables, views and DataFrames are computed from.
     */
    public boolean isFixed(RunSpec spec) {
        return isFiles(spec) || version != null;
    }

    /** Whether the records are in files, whose sizes and modification times show whether they changed. */
    public boolean isFiles(RunSpec spec) {
        return FILES.contains(spec.privateData().format());
    }

    /** The proof of the pinned version; empty if there is none. */
    public List<String> pinned() {
        return version == null || version.proof().isEmpty() ? List.of() : List.of(version.proof());
    }

    /** The pinned version; empty unless this source was made by {@link #at}. */
    public Optional<PinnedVersion> version() {
        return Optional.ofNullable(version);
    }

    /** The same source, always read at one version. */
    public PrivateSource at(PinnedVersion version) {
        return new PrivateSource(spark, given, version);
    }

    /** Refuses unstable records, as far as Spark can tell: it does not know what Python functions and RDDs do. */
    private static Dataset<Row> requireStable(Dataset<Row> records) {
        if (!isStable(records.queryExecution().analyzed())) {
            throw new PrivateDataException(
                    PrivateDataException.Reason.UNSTABLE,
                    "private_data: the records differ each time they are read: the"
                            + " DataFrame or view draws random numbers, samples, limits or numbers its rows, or"
                            + " drops duplicates"
                            + " by some columns. Write it to a table, and use that");
        }
        return records;
    }

    private static boolean isStable(LogicalPlan plan) {
        boolean picks = plan instanceof Sample
                || plan instanceof GlobalLimit
                || plan instanceof LocalLimit
                || (plan instanceof Deduplicate same
                        && same.keys().size() < same.child().output().size());
        return !picks
                && plan.deterministic()
                && CollectionConverters.asJava(plan.children()).stream().allMatch(PrivateSource::isStable);
    }

    /**
     * For these types, Spark (which brings a client's records together) and Java (which tells clients apart) agree on
     * which ids are equal. For binary ids, floats and collated strings they do not, and one client would have several
     * votes.
     */
    private static void requireClientType(StructType schema, String clientColumn) {
        if (clientColumn.isEmpty()) {
            return;
        }
        DataType type = schema.apply(clientColumn).dataType();
        if (!CLIENT_TYPES.contains(type)) {
            throw new PrivateDataException("private_data: client_column '" + clientColumn + "' is of type "
                    + type.simpleString() + ": give one that is a string or an integer");
        }
    }

    /** Names the data in messages. */
    private static String describe(PrivateData source) {
        return source.format() + " " + source.location();
    }

    /** Wraps the failure of a job that reads the data, without Spark's message, which may quote a record. */
    static PrivateDataException unreadable(PrivateData source, Exception e) {
        String gone = VERSIONED.contains(source.format()) && UnreadableReason.isMissingFile(e)
                ? ", if of an earlier version: " + GONE
                : "";
        return new PrivateDataException("private_data: cannot read " + describe(source) + ": " + UnreadableReason.of(e)
                + gone + "; Spark's log says more");
    }

    private static RuntimeException refusal(Exception e, PrivateData source) {
        if (e instanceof PrivateDataException known) {
            return known;
        }
        if (e instanceof UnsoundRecordException unsound) {
            return new PrivateDataException(
                    PrivateDataException.Reason.RECORD,
                    "private_data: " + describe(source) + ": " + unsound.getMessage());
        }
        String what = "private_data: cannot open " + describe(source) + ": ";
        if (e instanceof ClassNotFoundException) {
            return new PrivateDataException(what + "the format's jar is not on the class path", e);
        }
        if (!(e instanceof AnalysisException analysis)) {
            // A reader's message may quote data.
            return new PrivateDataException(what + UnreadableReason.of(e)
                    + "; check private_data.format, and that the location can be reached with these credentials");
        }
        return new PrivateDataException(
                switch (Objects.requireNonNullElse(analysis.getCondition(), "")) {
                    case "PATH_NOT_FOUND" ->
                        "private_data: nothing exists at " + source.location() + ": check private_data.path";
                    case "TABLE_OR_VIEW_NOT_FOUND", "SCHEMA_NOT_FOUND", "REQUIRES_SINGLE_PART_NAMESPACE" ->
                        "private_data: no table " + source.location() + ": check private_data.table and its catalog";
                    case "DATA_SOURCE_NOT_FOUND" -> what + "the format's jar is not on the class path";
                    default -> what + UnreadableReason.of(e);
                },
                e);
    }

    /** The user's options may name the version to read. */
    private Dataset<Row> delta(PrivateData source) {
        DataFrameReader reader = spark.read();
        if (version != null && PinnedVersion.asked(source).isEmpty()) {
            reader = reader.option("versionAsOf", version.version());
        }
        return reader.options(source.options()).format("delta").load(source.location());
    }

    private Dataset<Row> table(String name) {
        return version == null ? spark.table(name) : version.table(spark, name);
    }

    private static Dataset<Row> select(Dataset<Row> rows, List<String> columns) {
        Map<String, Optional<NestedColumns.Found>> found = new LinkedHashMap<>();
        columns.forEach(name -> found.put(name, NestedColumns.find(rows.schema(), name)));
        List<String> missing =
                columns.stream().filter(name -> found.get(name).isEmpty()).toList();
        if (!missing.isEmpty()) {
            List<String> present = NestedColumns.names(rows.schema());
            throw new PrivateDataException(
                    PrivateDataException.Reason.COLUMN,
                    "private_data: no column " + String.join(", ", missing) + "; the data has "
                            + String.join(", ", present) + SimilarName.hint(missing.get(0), present));
        }
        List<Column> wanted = new ArrayList<>();
        found.values().forEach(each -> wanted.add(each.orElseThrow().column()));
        wanted.add(functions.lit(null).cast(DataTypes.StringType).as(TextRecords.PROBLEM));
        return rows.select(wanted.toArray(Column[]::new));
    }
}
