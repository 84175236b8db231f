package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.parsing.TextRecords;
import org.privateevolution.spark.session.JobGroup;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spark.vectors.ReferenceVectors;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.MetricProvider;
import org.privateevolution.spi.Options;
import org.privateevolution.spi.RunListener;
import org.privateevolution.spi.SyntheticMetric;
import org.privateevolution.spi.SyntheticSamples;
import org.privateevolution.spi.spark.OutsideMetric;
import org.privateevolution.spi.spark.OutsideMetricProvider;
import org.privateevolution.spi.spark.PrivateRecords;

/**
 * The metrics of extensions. What is measured of a finished run is no reason not to publish it, so a metric that
 * fails is left out with a notice.
 */
final class ForeignMetrics {

    private final SparkSession spark;
    private final RunSpec spec;
    private final OpenModality modality;
    private final Supplier<PrivateVectors> privateVectors;
    private final RunListener listener;

    ForeignMetrics(
            SparkSession spark,
            RunSpec spec,
            OpenModality modality,
            Supplier<PrivateVectors> privateVectors,
            RunListener listener) {
        this.spark = spark;
        this.spec = spec;
        this.modality = modality;
        this.privateVectors = privateVectors;
        this.listener = listener;
    }

    /**
     * Measures the populations of a finished run, each of which is read and embedded once.
     *
     * @param populations by iteration, from 0 to {@code last}, which is published
     * @param taken names of the run's own figures
     */
    List<MetricValue> measured(IntFunction<Population> populations, int last, Set<String> taken) {
        PrivateRecords records = new Records();
        List<ForeignMetric> metrics = spec.evaluation().metrics().stream()
                .map(metric -> metric(metric, records))
                .toList();
        for (int iteration : iterations(last)) {
            Supplier<SyntheticSamples> samples = new OnceRead(populations, iteration);
            metrics.forEach(metric -> metric.measure(iteration, samples));
        }
        Set<String> names = new HashSet<>(taken);
        return metrics.stream()
                .flatMap(metric -> metric.figures(names).stream())
                .toList();
    }

    private ForeignMetric metric(ExtensionSpec metric, PrivateRecords records) {
        boolean inside = !Extensions.of(OutsideMetricProvider.class).has(metric.name());
        return new ForeignMetric(
                metric, inside, () -> inside ? synthetic(metric) : comparing(metric, records), listener);
    }

    private static SyntheticMetric synthetic(ExtensionSpec metric) {
        return Extensions.of(MetricProvider.class).named(metric.name()).create(new Options(metric.options()));
    }

    private SyntheticMetric comparing(ExtensionSpec metric, PrivateRecords records) {
        OutsideMetric measure =
                Extensions.of(OutsideMetricProvider.class).named(metric.name()).create(new Options(metric.options()));
        return samples -> {
            try (JobGroup group =
                    new JobGroup(spark.sparkContext(), spec.name(), metric.name() + ", outside the guarantee")) {
                return measure.measure(samples, records);
            }
        };
    }

    /** Of a table, as its own metrics are: the first population and the published one. */
    private List<Integer> iterations(int last) {
        if (!modality.measuresEachPopulation()) {
            return List.of(0, last);
        }
        List<Integer> iterations = new ArrayList<>();
        for (int iteration = 0; iteration <= last; iteration++) {
            iterations.add(iteration);
        }
        return iterations;
    }

    /** The samples of an iteration, read when a metric first asks for them. */
    private final class OnceRead implements Supplier<SyntheticSamples> {
        private final IntFunction<Population> populations;
        private final int iteration;
        private SyntheticSamples samples;

        OnceRead(IntFunction<Population> populations, int iteration) {
            this.populations = populations;
            this.iteration = iteration;
        }

        @Override
        public SyntheticSamples get() {
            if (samples == null) {
                Population population = populations.apply(iteration);
                samples = new SyntheticSamples(
                        iteration,
                        spec.labels().names(),
                        spec.modality().table(),
                        population.samples(),
                        new PopulationEmbedder(modality.candidateEmbedder(), population.payloads()));
            }
            return samples;
        }
    }

    /** Vectors are drawn once, for all iterations and metrics. */
    private final class Records implements PrivateRecords {

        /** By how many were requested. */
        private final Map<Integer, float[]> drawn = new HashMap<>();

        @Override
        public Dataset<Row> rows() {
            return modality.privateRecords()
                    .where(functions.col(TextRecords.PROBLEM).isNull())
                    .drop(TextRecords.PROBLEM);
        }

        @Override
        public synchronized float[] vectors(int most) {
            return drawn.computeIfAbsent(most, this::draw).clone();
        }

        private float[] draw(int most) {
            int dimension = modality.candidateEmbedder().dimension();
            return ReferenceVectors.of(privateVectors.get(), dimension, most, spec.seed())
                    .sample();
        }
    }
}
