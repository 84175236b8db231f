package org.privateevolution.spark.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.evaluation.outside.MarginalMetrics;
import org.privateevolution.evaluation.outside.Marginals;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.modality.OpenModality.Measured;
import org.privateevolution.spark.modality.OpenModality.Measures;
import org.privateevolution.spark.source.PrivateSource;

/**
 * Measures how far the declared columns are from the private columns, OUTSIDE the guarantee. Measures nothing unless
 * the configuration asks for it.
 */
public final class ColumnMeasures implements Measures {

    private final SparkSession spark;
    private final PrivateSource source;
    private final RunSpec spec;

    public ColumnMeasures(SparkSession spark, PrivateSource source, RunSpec spec) {
        this.spark = spark;
        this.source = source;
        this.spec = spec;
    }

    @Override
    public Measured of(IntFunction<Population> populations, int last) {
        if (!spec.evaluation().privateMetrics()) {
            return new Measured(List.of());
        }
        Marginals real = MarginalsStage.ofPrivate(spark, source, spec);
        Marginals synthetic = MarginalsStage.ofSynthetic(spec, populations.apply(last));
        MarginalComparison marginals = Marginals.compare(real, synthetic);
        List<MetricValue> metrics = new ArrayList<>(
                MarginalMetrics.of(0, Marginals.compare(real, MarginalsStage.ofSynthetic(spec, populations.apply(0)))));
        metrics.addAll(MarginalMetrics.of(last, marginals));
        return new Measured(
                metrics,
                Optional.of(marginals),
                Optional.of(
                        Marginals.associations(real, synthetic, spec.labels().column())));
    }
}
