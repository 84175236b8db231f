package org.privateevolution.spark;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.embedding.ImageEmbedder;
import org.privateevolution.embedding.ImageModel;
import org.privateevolution.embedding.OnnxImageEncoder;
import org.privateevolution.embedding.PixelEncoder;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Population;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.report.RunReport;
import org.privateevolution.spark.store.RunFiles;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.ImageEncoder;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.spi.RunListener;

/** Images (PE, Sim-PE). */
final class ImageModality implements Modality {

    /** Directory in the run's store, as of texts. */
    private static final String SPENDING = "spending";

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunSpec spec;
    private final ImageSpec images;
    private final ImageGeneration generation;
    private final ImageEncoder encoder;
    private final ImageRenderer renderer;
    private final Embedder candidateEmbedder;
    private final RunFiles store;
    private final PrivateStore privateStore;
    private final RunListener listener;

    private ImageModality(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            ImageSpec images,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        this.spark = spark;
        this.source = source;
        this.spec = spec;
        this.images = images;
        this.generation = new ImageGeneration(spec, images);
        this.encoder = encoder(images, spark.sparkContext().conf().getInt("spark.task.cpus", 1));
        this.renderer = generation.renderer(store);
        this.candidateEmbedder = new ClusterEmbedder(spark, spec.name(), new ImageEmbedder(renderer, encoder));
        this.store = store;
        this.privateStore = privateStore;
        this.listener = listener;
    }

    static ImageModality open(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            ImageSpec images,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        if (images.source().corrupt() == ImageSpec.Corrupt.SKIP) {
            // Said whether there are any or not, which is private.
            listener.notice("private images that cannot be decoded are skipped; "
                    + privateStore.in(PrivateImageVectors.CORRUPT_DIRECTORY).location()
                    + ", in Parquet, lists them, is private, and is removed when the run is published, unless"
                    + " private_data.store.keep is true");
        }
        return new ImageModality(spark, source, spec, images, store, privateStore, listener);
    }

    static void check(SparkSession spark, PrivateSource source, RunSpec spec, ImageSpec images) {
        RunSpec pinned = PublicFiles.pinned(spark, spec);
        encoder(images, 1);
        RunFiles unwritten = RunFiles.at(spec.output().location(), SessionFiles.configuration(spark));
        new ImageGeneration(pinned, (ImageSpec) pinned.modality()).check(unwritten);
        PrivateImageVectors.check(spark, source, spec, images);
    }

    /** Number of floats in an embedding; opens a model if there is one and the configuration does not say. */
    static int dimension(ImageSpec images) {
        if (images.embedding() instanceof ImageSpec.OnnxEmbedding onnx
                && onnx.dimension().isPresent()) {
            return onnx.dimension().getAsInt();
        }
        return encoder(images, 1).dimension();
    }

    static ImageEncoder encoder(ImageSpec images, int threads) {
        if (images.embedding() instanceof ImageSpec.PixelEmbedding pixels) {
            return new PixelEncoder(pixels.frame(), pixels.channels());
        }
        if (images.embedding() instanceof ImageSpec.ExtensionEmbedding foreign) {
            return ForeignEncoder.of(foreign.extension(), foreign.frame());
        }
        ImageSpec.OnnxEmbedding onnx = (ImageSpec.OnnxEmbedding) images.embedding();
        ImageModel model = new ImageModel(new HadoopFile(onnx.model().location()), onnx.settings());
        ImageEncoder encoder = ConfiguredModel.open("images.embedding", () -> OnnxImageEncoder.open(model, threads));
        int declared = onnx.dimension().orElse(encoder.dimension());
        if (declared != encoder.dimension()) {
            throw new ConfigurationException(List.of("images.embedding.dimension: " + declared
                    + " is not allowed: the model gives vectors of " + encoder.dimension() + " floats"));
        }
        return encoder;
    }

    @Override
    public GenerationApi generator() {
        SpendingLog spent = new SpendingLog(store.in(SPENDING), System::nanoTime);
        return generation.open(spark, candidateEmbedder, store, spent, listener);
    }

    @Override
    public RejectionRule rejections() {
        return generation.rejections();
    }

    @Override
    public Embedder candidateEmbedder() {
        return candidateEmbedder;
    }

    @Override
    public PrivateVectors privateVectors() {
        return new PrivateImageVectors(spark, source, spec, images, encoder, privateStore).open();
    }

    @Override
    public Dataset<Row> publish(Population population, List<Double> weights, RunFiles output) {
        SyntheticImages synthetic = new SyntheticImages(spark, spec, renderer, population, weights);
        synthetic.write(output);
        return synthetic.dataFrame();
    }

    @Override
    public List<RunReport.Picture> pictures(IntFunction<Population> populations, int last, RunFiles output) {
        return new ImageSheets(spec, renderer, output).write(populations, last);
    }

    @Override
    public Measures measures(Supplier<PrivateVectors> privateVectors) {
        ImageEvaluation evaluation = new ImageEvaluation(spark, source, spec, images, encoder, candidateEmbedder);
        return (populations, last) ->
                new Measured(evaluation.measure(populations, last, privateVectors), Optional.empty());
    }
}
