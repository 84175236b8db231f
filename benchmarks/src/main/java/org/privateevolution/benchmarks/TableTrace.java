package org.privateevolution.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sample;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.VectorBlock;
import org.privateevolution.spi.Embedder;
import org.privateevolution.store.DriverLease;
import org.privateevolution.store.FileIterationStore;
import org.privateevolution.store.RunFiles;

/** Runs a configuration, and records the vectors of its votes from its store. */
public final class TableTrace {

    private static final String USAGE =
            """
            usage: record-trace table CONFIG FOLDER [KEY=VALUE]...
              CONFIG     a run's configuration; it is run, or read if it has run, and private_data is read again
              FOLDER     receives the trace. It holds the embedded PRIVATE RECORDS: keep it as safe as them
              KEY=VALUE  replaces a value of the configuration
            """;

    private TableTrace() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.print(USAGE);
            System.exit(2);
        }
        List<String> overrides = List.of(arguments).subList(2, arguments.length);
        RunSpec spec = RunConfiguration.load(Path.of(arguments[0]), overrides);
        if (spec.evolution().lookahead() > 0) {
            System.err.println("evolution.lookahead is " + spec.evolution().lookahead()
                    + ": votes go to means then, which a trace does not hold; give --set evolution.lookahead=0");
            System.exit(2);
        }
        try (SparkSession spark = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
            PrivateEvolution.on(spark).run(spec);
            record(spark, spec, Path.of(arguments[1]));
        }
    }

    private static void record(SparkSession spark, RunSpec spec, Path folder) throws IOException {
        Embedder embedder = new TabularEmbedder(
                spec.tabular().schema(),
                spec.tabular().numericWeight(),
                spec.tabular().categoricalWeight());
        int labels = spec.labels().names().size();
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        RunFiles files = RunFiles.at(spec.output().location(), hadoop).in("store");
        try (DriverLease lease = DriverLease.acquire(files, Clock.systemUTC())) {
            FileIterationStore store = new FileIterationStore(files, lease, "");
            Trace.Recorder trace = privateVectors(spark, spec, embedder, labels, folder);
            Map<String, Integer> before = new HashMap<>();
            int votes = Math.min(store.lastCommitted() + 1, spec.evolution().votes());
            for (int vote = 1; vote <= votes; vote++) {
                Population candidates = store.population(vote - 1);
                int[] parents = new int[candidates.size()];
                Map<String, Integer> places = new HashMap<>();
                for (int i = 0; i < parents.length; i++) {
                    Sample sample = candidates.samples().get(i);
                    Integer kept = before.get(sample.id());
                    parents[i] = kept != null ? kept : before.getOrDefault(sample.parent(), -1);
                    places.put(sample.id(), i);
                }
                trace.vote(embedder.embed(candidates.payloads()), candidates.labelOffsets(labels), parents);
                before = places;
            }
        }
    }

    private static Trace.Recorder privateVectors(
            SparkSession spark, RunSpec spec, Embedder embedder, int labels, Path folder) throws IOException {
        List<List<float[]>> byLabel = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            byLabel.add(new ArrayList<>());
        }
        int dimension = embedder.dimension();
        try (PrivateVectors vectors = PrivateVectors.embed(spec, new PrivateSource(spark).open(spec), embedder)) {
            vectors.blocks().toLocalIterator().forEachRemaining(row -> {
                VectorBlock block = VectorBlock.of(row);
                for (int i = 0; i < block.rows(); i++) {
                    byLabel.get(block.labels()[i])
                            .add(Arrays.copyOfRange(block.vectors(), i * dimension, (i + 1) * dimension));
                }
            });
        }
        int[] offsets = new int[labels + 1];
        for (int label = 0; label < labels; label++) {
            offsets[label + 1] = offsets[label] + byLabel.get(label).size();
        }
        float[] all = new float[offsets[labels] * dimension];
        for (int label = 0; label < labels; label++) {
            for (int i = 0; i < byLabel.get(label).size(); i++) {
                System.arraycopy(byLabel.get(label).get(i), 0, all, (offsets[label] + i) * dimension, dimension);
            }
        }
        return Trace.record(folder, dimension, all, offsets);
    }
}
