package org.privateevolution.spark.text;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.generation.text.PromptVariables;
import org.privateevolution.model.Population;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Text;
import org.privateevolution.model.TextSpec;
import org.privateevolution.report.RunReport;
import org.privateevolution.run.SpendingLog;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.ClusterEmbedder;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.VectorPart;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;

/** Texts (Aug-PE), as a run works on them. */
final class TextModality implements OpenModality {

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunSpec spec;
    private final TextSpec text;
    private final TextGeneration generation;
    private final Embedder candidateEmbedder;
    private final PrivateTexts privateTexts;
    private final RunFiles store;
    private final RunListener listener;

    TextModality(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            TextSpec text,
            Embedder embedder,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        this.spark = spark;
        this.source = source;
        this.spec = spec;
        this.text = text;
        this.generation = new TextGeneration(spec, text, PromptVariables.NONE);
        this.candidateEmbedder = new ClusterEmbedder(spark, spec.name(), embedder);
        this.privateTexts = new PrivateTexts(spark, source, spec, text, embedder, privateStore);
        this.store = store;
        this.listener = listener;
    }

    @Override
    public GenerationApi generator() {
        return generation.open(spark, candidateEmbedder, SpendingLog.of(store, listener), listener);
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
        return privateTexts.open();
    }

    @Override
    public Dataset<Row> privateRecords() {
        return source.open(spec);
    }

    @Override
    public Dataset<Row> publish(Population population, List<Double> weights, RunFiles output) {
        return SyntheticData.publish(spark, spec, population, weights, text -> List.of(((Text) text).value()));
    }

    @Override
    public GenerationContext generationContext(RunFiles store) {
        return new GenerationContext.Texts(spec.labels().names());
    }

    @Override
    public RunReport.Table shown(Population population) {
        RunSpec.Labels labels = spec.labels();
        return RunReport.Table.ofTexts(text.outputColumn(), labels.column(), labels.names(), population.samples());
    }

    @Override
    public List<RunReport.Lineage> lineages(IntFunction<Population> populations, int last) {
        return TextLineages.of(spec.labels(), populations, last);
    }

    @Override
    public Measures measures(Supplier<PrivateVectors> privateVectors) {
        TextEvaluation evaluation = new TextEvaluation(
                spark, source, spec, candidateEmbedder, VectorPart.whole(candidateEmbedder.dimension()));
        return (populations, last) -> new Measured(evaluation.measure(populations, last, privateVectors));
    }
}
