package org.privateevolution.spark.mixed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.embedding.MixedEmbedder;
import org.privateevolution.evolution.WeightedSamples;
import org.privateevolution.generation.mixed.ColumnVariables;
import org.privateevolution.generation.mixed.MixedGenerator;
import org.privateevolution.generation.mixed.RowPlan;
import org.privateevolution.generation.tabular.GeneratedValues;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.MixedSpec;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Population;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.report.RunReport;
import org.privateevolution.run.SpendingLog;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.table.ColumnMeasures;
import org.privateevolution.spark.table.TableRoom;
import org.privateevolution.spark.text.PrivateTexts;
import org.privateevolution.spark.text.TextEvaluation;
import org.privateevolution.spark.text.TextGeneration;
import org.privateevolution.spark.text.TextLineages;
import org.privateevolution.spark.vectors.ClusterEmbedder;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.VectorPart;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import org.privateevolution.table.RowSampler;

/** Mixed records: combines the modalities of tables and texts. */
final class MixedModality implements OpenModality {

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunSpec spec;
    private final MixedSpec mixed;
    private final RowPlan rows;
    private final TextGeneration texts;
    private final MixedEmbedder embedder;
    private final Embedder candidateEmbedder;
    private final Embedder textEmbedder;
    private final PrivateTexts privateRecords;
    private final RunFiles store;
    private final RunListener listener;
    private final GeneratedValues generated;

    /** @param ofTexts embeds the texts */
    MixedModality(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            MixedSpec mixed,
            Embedder ofTexts,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        this.spark = spark;
        this.source = source;
        this.spec = spec;
        this.mixed = mixed;
        this.rows = new RowPlan(mixed.tabular(), mixed.beside(), Constraints.of(mixed.tabular(), spec.labels()));
        this.texts = MixedRoom.generation(spec, mixed, rows);
        this.embedder = MixedEmbedder.of(mixed, ofTexts);
        this.candidateEmbedder = new ClusterEmbedder(spark, spec.name(), embedder);
        this.textEmbedder = new ClusterEmbedder(spark, spec.name(), ofTexts);
        this.privateRecords = new PrivateTexts(spark, source, spec, mixed.text(), embedder, privateStore);
        this.store = store;
        this.listener = listener;
        this.generated = TableRoom.generated(spec);
        ColumnVariables.guessedRating(
                        spec.labels(), mixed.tabular().schema(), mixed.beside().rating())
                .ifPresent(column -> listener.notice("column " + column + " is taken for the rating that goes with the"
                        + " text, because of its name, and prompts put it into words; if it is not, set"
                        + " text.beside.rating to another column, or to none"));
    }

    @Override
    public GenerationApi generator() {
        return new MixedGenerator(rows, texts.open(spark, textEmbedder, SpendingLog.of(store, listener), listener));
    }

    @Override
    public void drawColumns(RowSampler sampler) {
        rows.drawFrom(sampler);
    }

    @Override
    public RejectionRule rejections() {
        return texts.rejections();
    }

    @Override
    public Embedder candidateEmbedder() {
        return candidateEmbedder;
    }

    @Override
    public PrivateVectors privateVectors() {
        return privateRecords.open();
    }

    /** @throws IllegalStateException always: extensions cannot generate mixed records */
    @Override
    public GenerationContext generationContext(RunFiles store) {
        throw new IllegalStateException("an extension cannot generate records with columns and a text");
    }

    @Override
    public Dataset<Row> privateRecords() {
        return source.open(spec);
    }

    @Override
    public Dataset<Row> publish(Population population, List<Double> weights, RunFiles output) {
        return SyntheticData.publish(spark, spec, population, weights, this::values, generated);
    }

    @Override
    public void writeEstimate(WeightedSamples points) {
        SyntheticData.writeEstimate(spark, spec, points);
    }

    private List<?> values(Payload payload) {
        List<Object> values =
                new ArrayList<>(SyntheticData.ofRow(mixed.tabular().schema(), payload));
        values.add(payload.text().orElseThrow().value());
        return values;
    }

    @Override
    public RunReport.Table shown(Population population) {
        RunSpec.Labels labels = spec.labels();
        return RunReport.Table.ofRecords(
                mixed.tabular().schema(),
                mixed.text().outputColumn(),
                labels.column(),
                labels.names(),
                population.samples());
    }

    @Override
    public List<RunReport.Lineage> lineages(IntFunction<Population> populations, int last) {
        return TextLineages.of(spec.labels(), populations, last);
    }

    /** Measures the columns of the first and the published population, and the texts of every population. */
    @Override
    public Measures measures(Supplier<PrivateVectors> privateVectors) {
        ColumnMeasures columns = new ColumnMeasures(spark, source, spec);
        VectorPart part = new VectorPart(
                embedder.dimension(), embedder.textOffset(), textEmbedder.dimension(), 1 / embedder.textScale());
        TextEvaluation evaluation = new TextEvaluation(spark, source, spec, textEmbedder, part);
        return (populations, last) -> {
            Measured ofColumns = columns.of(populations, last);
            List<MetricValue> metrics = new ArrayList<>(ofColumns.metrics());
            metrics.addAll(evaluation.measure(populations, last, privateVectors));
            return new Measured(metrics, ofColumns.marginals(), ofColumns.associations());
        };
    }
}
