package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.spark.clients.ClientOutput;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.image.ImageRoom;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.spark.source.TypedColumns;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.store.FileLedgerStorage;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.StoredPopulations;

/** The output folder of a run: its configuration, its synthetic data, and its populations. */
public final class RunOutput {

    private static final String CONFIGURATION = "configuration.yaml";
    private static final String GUARANTEE = "guarantee.json";
    private static final String STORE = "store";

    /** Files that the store of a run or discovery holds from its start. */
    private static final Pattern OF_STORE = Pattern.compile("run\\.json|discovery\\.json|iteration-\\d+");

    private final SparkSession spark;
    private final RunFiles files;
    private final RunSpec spec;

    private RunOutput(SparkSession spark, RunFiles files, RunSpec spec) {
        this.spark = spark;
        this.files = files;
        this.spec = spec;
    }

    /** The run whose {@code output.path} is a location; empty if the location is not that of a run. */
    public static Optional<RunOutput> at(SparkSession spark, String location) {
        RunFiles files = RunFiles.at(location, SessionFiles.configuration(spark));
        return files.read(CONFIGURATION)
                .map(yaml -> new RunOutput(spark, files, RunConfiguration.parse(yaml, CONFIGURATION, List.of())));
    }

    /**
     * Whether a location or one of its parent folders belongs to a run or discovery, finished or not, whose files may
     * be published, or to a ledger, whose folder must hold nothing but its entries. Symbolic links of local files are
     * followed.
     */
    public static boolean isWithinRun(Configuration hadoop, String location) {
        RunFiles folder = RunFiles.at(location, hadoop);
        return Stream.of(folder.location(), folder.real())
                .flatMap(path -> upwards(path).stream())
                .distinct()
                .map(at -> RunFiles.at(at, hadoop))
                .anyMatch(at -> isRun(at) || FileLedgerStorage.beginsAt(at));
    }

    /** A folder and all of its parents, up to the root of the file system. */
    static List<String> upwards(String folder) {
        List<String> all = new ArrayList<>();
        for (Path at = new Path(folder); at != null; at = at.getParent()) {
            all.add(at.toString());
        }
        return all;
    }

    private static boolean isRun(RunFiles files) {
        return files.read(GUARANTEE).isPresent()
                || files.read(CONFIGURATION).isPresent()
                || files.in(STORE).list().stream()
                        .anyMatch(name -> OF_STORE.matcher(name).matches());
    }

    public RunSpec spec() {
        return spec;
    }

    /**
     * The published table or texts.
     *
     * @throws ConfigurationException if the run has not published yet
     */
    public Table published() {
        return open(synthetic());
    }

    /**
     * The published clients, with their rows in child tables.
     *
     * @throws ConfigurationException if the run has not published yet
     */
    public ClientFiles publishedClients(ClientTables tables) {
        RunFiles children = files.in(ClientOutput.CHILDREN);
        return new ClientFiles(
                published(),
                tables.children().stream()
                        .map(child -> Optional.of(
                                open(children.in(child.name()).in(format()).location())))
                        .toList());
    }

    private Table open(String location) {
        return Table.open(spark, format().equals("jsonl") ? "json" : format(), location, Map.of());
    }

    /**
     * The published images.
     *
     * @throws ConfigurationException if the run has not published yet
     */
    public Table publishedImages(ImageReading reading) {
        return reading.open(
                format().equals("png") ? ImageSpec.FOLDER : format(), synthetic(), Map.of(), Optional.empty());
    }

    private String format() {
        return spec.output().formats().get(0);
    }

    private String synthetic() {
        RunFiles synthetic = files.in("synthetic").in(format());
        if (synthetic.list().isEmpty()) {
            throw new ConfigurationException(
                    List.of("--synthetic: the run at " + files.location() + " is not finished: `pe run` resumes it"));
        }
        return synthetic.location();
    }

    /** Iteration of the last population. */
    public int lastPopulation() {
        return populations().last();
    }

    /** A population as it was committed. */
    public Population committed(int iteration) {
        return populations().population(iteration);
    }

    /**
     * The renderer of the run's populations of images.
     *
     * @throws ConfigurationException if fonts that the images are drawn with are missing or have changed
     */
    public ImageRenderer renderer() {
        return ImageRoom.renderer(spec, (ImageSpec) spec.modality(), files.in(STORE));
    }

    /** A population of rows or texts as the table that would be published of it. */
    public Table population(int iteration) {
        List<Row> rows = new ArrayList<>();
        for (Sample sample : committed(iteration).samples()) {
            List<Object> values = new ArrayList<>(content(sample));
            values.addAll(spec.labels().columns().values(sample.label()));
            // No problem: the row is sound.
            values.add(null);
            rows.add(RowFactory.create(values.toArray()));
        }
        StructType all = TypedColumns.learnt(spec);
        int columns = spec.output().weights() ? all.size() - 1 : all.size();
        StructType schema = new StructType(Arrays.copyOf(all.fields(), columns))
                .add(TextRecords.PROBLEM, DataTypes.StringType, true);
        Dataset<Row> table = spark.createDataFrame(rows, schema);
        return new Table(table, files.location() + "/" + STORE + ", iteration " + iteration);
    }

    private List<?> content(Sample sample) {
        List<Object> values = new ArrayList<>();
        spec.modality().table().ifPresent(table -> values.addAll(SyntheticData.ofRow(table, sample.payload())));
        sample.payload().text().ifPresent(text -> values.add(text.value()));
        return values;
    }

    private StoredPopulations populations() {
        return new StoredPopulations(files.in(STORE));
    }
}
