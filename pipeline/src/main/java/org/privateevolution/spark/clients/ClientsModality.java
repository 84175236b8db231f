package org.privateevolution.spark.clients;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.constraint.ClientConstraints;
import org.privateevolution.embedding.ClientEmbedder;
import org.privateevolution.evolution.WeightedSamples;
import org.privateevolution.generation.clients.ClientGenerator;
import org.privateevolution.generation.clients.ClientSampler;
import org.privateevolution.model.Population;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Seed;
import org.privateevolution.report.RunReport;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.store.RunFiles;
import org.privateevolution.table.RowSampler;

/** Clients, as a run works on them. */
final class ClientsModality implements OpenModality {

    private final SparkSession spark;
    private final RunSpec spec;
    private final PrivateClients clients;
    private final PrivateStore privateStore;
    private final ClientEmbedder embedder;
    private final ClientGenerator generator;
    private final KeyedTables keyed;

    ClientsModality(SparkSession spark, PrivateSource source, RunSpec spec, PrivateStore privateStore) {
        this.spark = spark;
        this.spec = spec;
        this.clients = new PrivateClients(spark, source, spec);
        this.privateStore = privateStore;
        this.embedder = ClientEmbedder.of(spec.tabular());
        this.generator = new ClientGenerator(spec.tabular().mutation());
        this.keyed = KeyedTables.of(spec);
    }

    @Override
    public GenerationApi generator() {
        return generator;
    }

    @Override
    public void drawColumns(RowSampler sampler) {
        generator.drawFrom(new ClientSampler(
                spec.tabular().clients().orElseThrow(),
                sampler,
                spec.labels().names().size(),
                new Seed(spec.seed()),
                ClientConstraints.of(spec.tabular(), spec.labels())));
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
        return clients.vectors(privateStore);
    }

    /** @throws IllegalStateException always: extensions cannot generate clients */
    @Override
    public GenerationContext generationContext(RunFiles store) {
        throw new IllegalStateException("an extension cannot generate clients with child tables");
    }

    @Override
    public Dataset<Row> privateRecords() {
        return clients.records();
    }

    @Override
    public Dataset<Row> publish(Population population, List<Double> weights, RunFiles output) {
        return new ClientOutput(spark, spec, keyed).write(population.samples());
    }

    @Override
    public void writeEstimate(WeightedSamples points) {
        ClientEstimate.write(spark, spec, points);
    }

    /** One joined row per client. */
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
        return (populations, last) -> new Measured(List.of());
    }
}
