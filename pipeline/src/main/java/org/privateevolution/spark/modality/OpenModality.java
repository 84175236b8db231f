package org.privateevolution.spark.modality;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.privateevolution.evolution.WeightedSamples;
import org.privateevolution.model.Evaluation.Correlations;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.report.RunReport;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.GenerationContext;
import org.privateevolution.store.RunFiles;
import org.privateevolution.table.RowSampler;

/** The kind of samples of a run, opened for work: everything in which one kind differs from the others. */
public interface OpenModality {

    /** Opens the generator of samples. */
    GenerationApi generator();

    /**
     * Draws the columns of samples that are requested from now on from another sampler. Only records with columns and a
     * text support it.
     */
    default void drawColumns(RowSampler sampler) {
        throw new IllegalStateException("samples of this kind have no columns that are drawn for them");
    }

    /** The rule for samples that cannot be made. */
    RejectionRule rejections();

    /** The embedder that the driver uses for candidates. */
    Embedder candidateEmbedder();

    /**
     * Reads and embeds the private records.
     *
     * @throws org.privateevolution.spark.source.PrivateDataException if the records cannot be read or do not fit their
     *     declaration
     */
    PrivateVectors privateVectors();

    /**
     * What an extension's generator is told of the run.
     *
     * @param store the run's store
     */
    GenerationContext generationContext(RunFiles store);

    /** Opens the private records with the declared columns, for metrics OUTSIDE the guarantee. */
    Dataset<Row> privateRecords();

    /**
     * Writes the published samples; returns them with the declared columns and types.
     *
     * @param weights weights of the samples, for a column of their own; empty if there is no such column
     */
    Dataset<Row> publish(Population population, List<Double> weights, RunFiles output);

    /** Writes the weighted samples that published ones were drawn from, and more can be drawn from later. */
    default void writeEstimate(WeightedSamples points) {
        throw new IllegalStateException("runs on samples of this kind leave no estimate");
    }

    /** A sample of the published samples, for the report. */
    RunReport.Table shown(Population population);

    /**
     * Writes pictures of the populations, and returns those that the report shows.
     *
     * @param populations populations by iteration, from 0 to {@code last}, which is published
     */
    default List<RunReport.Picture> pictures(IntFunction<Population> populations, int last, RunFiles output) {
        return List.of();
    }

    /**
     * The ancestry of some published samples, if samples are shown as texts.
     *
     * @param populations populations by iteration, from 0 to {@code last}, which is published
     */
    default List<RunReport.Lineage> lineages(IntFunction<Population> populations, int last) {
        return List.of();
    }

    /** Whether each population is measured, as a curve; otherwise only the first and the published population are. */
    default boolean measuresEachPopulation() {
        return true;
    }

    /** The measures of a finished run. */
    Measures measures(Supplier<PrivateVectors> privateVectors);

    /** Measures the populations of a finished run. */
    interface Measures {

        /** @param populations populations by iteration, from 0 to {@code last}, which is published */
        Measured of(IntFunction<Population> populations, int last);
    }

    /**
     * The results of the measures.
     *
     * @param marginals comparison of a table's marginals, outside the guarantee; empty unless the configuration asks
     *     for it
     * @param associations associations between columns, real and synthetic, likewise
     */
    record Measured(
            List<MetricValue> metrics, Optional<MarginalComparison> marginals, Optional<Correlations> associations) {

        /** Results without a comparison of tables. */
        public Measured(List<MetricValue> metrics) {
            this(metrics, Optional.empty(), Optional.empty());
        }
    }
}
