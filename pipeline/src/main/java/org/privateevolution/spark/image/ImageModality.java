package org.privateevolution.spark.image;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.embedding.ImageEmbedder;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Population;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.report.RunReport;
import org.privateevolution.run.SpendingLog;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.ClusterEmbedder;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.ImageEncoder;
import org.privateevolution.spi.ImageRenderer;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.StoredImages;

/** Images (PE, Sim-PE). */
final class ImageModality implements OpenModality {

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

    ImageModality(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            ImageSpec images,
            ImageEncoder encoder,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        this.spark = spark;
        this.source = source;
        this.spec = spec;
        this.images = images;
        this.generation = new ImageGeneration(spec, images);
        this.encoder = encoder;
        this.renderer = generation.renderer(store);
        this.candidateEmbedder = new ClusterEmbedder(spark, spec.name(), new ImageEmbedder(renderer, encoder));
        this.store = store;
        this.privateStore = privateStore;
        this.listener = listener;
    }

    @Override
    public GenerationApi generator() {
        SpendingLog spent = SpendingLog.of(store, listener);
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
    public Dataset<Row> privateRecords() {
        return new PrivateImages(spark, source, spec, images).open().drop(PrivateImages.NAME);
    }

    @Override
    public Dataset<Row> publish(Population population, List<Double> weights, RunFiles output) {
        SyntheticImages synthetic = new SyntheticImages(spark, spec, renderer, population, weights);
        synthetic.write(output);
        return synthetic.dataFrame();
    }

    @Override
    public GenerationContext generationContext(RunFiles store) {
        return new GenerationContext.Images(spec.labels().names(), new StoredImages(store));
    }

    @Override
    public RunReport.Table shown(Population population) {
        return RunReport.Table.ofImages(images.source().column(), spec.labels().column(), population.size());
    }

    @Override
    public List<RunReport.Picture> pictures(IntFunction<Population> populations, int last, RunFiles output) {
        return new ImageSheets(spec, renderer, output).write(populations, last);
    }

    @Override
    public Measures measures(Supplier<PrivateVectors> privateVectors) {
        ImageEvaluation evaluation = new ImageEvaluation(spark, source, spec, images, encoder, candidateEmbedder);
        return (populations, last) -> new Measured(evaluation.measure(populations, last, privateVectors));
    }
}
