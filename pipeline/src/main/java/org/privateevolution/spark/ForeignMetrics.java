package org.privateevolution.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** The measures of the run with theirs after them. */
    OpenModality.Measures addedTo(OpenModality.Measures measures) {
        return (populations, last) -> {
            OpenModality.Measured measured = measures.of(populations, last);
            List<MetricValue> all = new ArrayList<>(measured.metrics());
            spec.evaluation().metrics().forEach(metric -> all.addAll(measure(metric, populations, last)));
            return new OpenModality.Measured(all, measured.marginals());
        };
    }

    private List<MetricValue> measure(ExtensionSpec metric, IntFunction<Population> populations, int last) {
        boolean inside = !Extensions.of(OutsideMetricProvider.class).has(metric.name());
        try {
            return inside ? synthetic(metric, populations, last) : outside(metric, populations, last);
        } catch (Exception | LinkageError | AssertionError e) {
            // The message of one that has seen private records may quote them.
            listener.notice("the metric " + metric.name() + " failed, and its figures are left out: "
                    + e.getClass().getName() + (inside && e.getMessage() != null ? ": " + e.getMessage() : ""));
            return List.of();
        }
    }

    private List<MetricValue> synthetic(ExtensionSpec metric, IntFunction<Population> populations, int last) {
        SyntheticMetric measure =
                Extensions.of(MetricProvider.class).named(metric.name()).create(new Options(metric.options()));
        List<MetricValue> figures = new ArrayList<>();
        for (int iteration : iterations(last)) {
            SyntheticSamples samples = samples(populations.apply(iteration), iteration);
            figures.addAll(figures(metric, iteration, measure.measure(samples), true));
        }
        return figures;
    }

    private List<MetricValue> outside(ExtensionSpec metric, IntFunction<Population> populations, int last) {
        OutsideMetric measure =
                Extensions.of(OutsideMetricProvider.class).named(metric.name()).create(new Options(metric.options()));
        List<MetricValue> figures = new ArrayList<>();
        try (JobGroup group =
                new JobGroup(spark.sparkContext(), spec.name(), metric.name() + ", outside the guarantee")) {
            for (int iteration : iterations(last)) {
                SyntheticSamples samples = samples(populations.apply(iteration), iteration);
                figures.addAll(figures(metric, iteration, measure.measure(samples, new Records()), false));
            }
        }
        return figures;
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

    private SyntheticSamples samples(Population population, int iteration) {
        return new SyntheticSamples(
                iteration,
                spec.labels().names(),
                spec.modality().table(),
                population.samples(),
                modality.candidateEmbedder());
    }

    private static List<MetricValue> figures(
            ExtensionSpec metric, int iteration, Map<String, Double> measured, boolean inside) {
        List<MetricValue> figures = new ArrayList<>();
        new TreeMap<>(measured).forEach((name, value) -> {
            String whole = name.isEmpty() ? metric.name() : metric.name() + "." + name;
            if (!whole.matches("[A-Za-z0-9._-]+") || !Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "a figure is not finite, or its name holds other characters than letters,"
                                + " digits, '.', '_' and '-'");
            }
            figures.add(new MetricValue(iteration, MetricValue.ALL_LABELS, whole, value, inside));
        });
        return figures;
    }

    private final class Records implements PrivateRecords {
        @Override
        public Dataset<Row> rows() {
            return modality.privateRecords()
                    .where(functions.col(TextRecords.PROBLEM).isNull())
                    .drop(TextRecords.PROBLEM);
        }

        @Override
        public float[] vectors(int most) {
            int dimension = modality.candidateEmbedder().dimension();
            return ReferenceVectors.of(privateVectors.get(), dimension, most, spec.seed())
                    .sample();
        }
    }
}
