package org.privateevolution.spark.table;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.constraint.Constraints;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.evolution.WeightedSamples;
import org.privateevolution.generation.tabular.GeneratedValues;
import org.privateevolution.generation.tabular.TabularGenerator;
import org.privateevolution.model.Population;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.report.RunReport;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.modality.SyntheticData;
import org.privateevolution.spark.source.PrivateColumns;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.KeptVectors;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.RecordVectors;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.store.RunFiles;

/** Rows of a table (Tab-PE), as a run works on them. */
final class TabularModality implements OpenModality {

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunSpec spec;
    private final Embedder embedder;
    private final PrivateStore privateStore;
    private final GeneratedValues generated;

    /** @throws org.privateevolution.config.ConfigurationException if columns cannot be made up as they are declared */
    TabularModality(SparkSession spark, PrivateSource source, RunSpec spec, PrivateStore privateStore) {
        this.spark = spark;
        this.source = source;
        this.spec = spec;
        this.embedder = TabularEmbedder.of(spec.tabular());
        this.privateStore = privateStore;
        this.generated = TableRoom.generated(spec);
    }

    @Override
    public GenerationApi generator() {
        return new TabularGenerator(
                spec.tabular().schema(), spec.tabular().mutation(), Constraints.of(spec.tabular(), spec.labels()));
    }

    @Override
    public RejectionRule rejections() {
        return new RejectionRule(1, 1);
    }

    @Override
    public Embedder candidateEmbedder() {
        return embedder;
    }

    @Override
    public PrivateVectors privateVectors() {
        Dataset<Row> records = source.open(spec);
        if (source.isFixed(spec)) {
            return PrivateVectors.embed(spec, records, embedder);
        }
        PrivateColumns columns = PrivateColumns.of(spec);
        return new KeptVectors(spark, spec, embedder.dimension(), privateStore)
                .of(
                        KeptVectors.once(),
                        records,
                        columns,
                        new RecordVectors.Embedded(columns, embedder),
                        "copying the private records");
    }

    @Override
    public Dataset<Row> privateRecords() {
        return source.open(spec);
    }

    @Override
    public Dataset<Row> publish(Population population, List<Double> weights, RunFiles output) {
        return SyntheticData.publish(
                spark,
                spec,
                population,
                weights,
                row -> SyntheticData.ofRow(spec.tabular().schema(), row),
                generated);
    }

    @Override
    public void writeEstimate(WeightedSamples points) {
        SyntheticData.writeEstimate(spark, spec, points);
    }

    @Override
    public GenerationContext generationContext(RunFiles store) {
        return new GenerationContext.Rows(spec.labels().names(), spec.tabular().schema());
    }

    @Override
    public RunReport.Table shown(Population population) {
        RunSpec.Labels labels = spec.labels();
        return RunReport.Table.of(spec.tabular().schema(), labels.column(), labels.names(), population.samples());
    }

    @Override
    public boolean measuresEachPopulation() {
        return false;
    }

    @Override
    public Measures measures(Supplier<PrivateVectors> privateVectors) {
        return new ColumnMeasures(spark, source, spec);
    }
}
