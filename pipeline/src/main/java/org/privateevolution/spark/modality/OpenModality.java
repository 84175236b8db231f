package org.privateevolution.spark.modality;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

/** A run's kind of samples at work: everything that one kind does in another way than the rest. */
public interface OpenModality {

    /** Makes samples. */
    GenerationApi generator();

    /** Draws the columns of samples that are requested from now on from another sampler; of records with a text alone. */
    default void drawColumns(RowSampler sampler) {
        throw new IllegalStateException("samples of this kind have no columns that are drawn for them");
    }

    /** What is done about samples that cannot be made. */
    RejectionRule rejections();

    /** Embeds candidates for the driver. */
    Embedder candidateEmbedder();

    /**
     * Reads and embeds the private records.
     *
     * @throws org.privateevolution.spark.source.PrivateDataException if they cannot be read or do not fit their declaration
     */
    PrivateVectors privateVectors();

    /**
     * What a generator of others is told of the run.
     *
     * @param store the run's store
     */
    GenerationContext generationContext(RunFiles store);

    /** Opens the private records with the declared columns, for metrics OUTSIDE the guarantee. */
    Dataset<Row> privateRecords();

    /**
     * Writes the published samples; returns them with the declared columns and types.
     *
     * @param weights of the samples, for a column of their own; none if there is none
     */
    Dataset<Row> publish(Population population, List<Double> weights, RunFiles output);

    /** Some of the published samples, for the report. */
    RunReport.Table shown(Population population);

    /**
     * Writes pictures of the populations, and returns those that the report shows.
     *
     * @param populations by iteration, from 0 to {@code last}, which is published
     */
    default List<RunReport.Picture> pictures(IntFunction<Population> populations, int last, RunFiles output) {
        return List.of();
    }

    /**
     * How some published samples came about, of those that are shown as texts.
     *
     * @param populations by iteration, from 0 to {@code last}, which is published
     */
    default List<RunReport.Lineage> lineages(IntFunction<Population> populations, int last) {
        return List.of();
    }

    /** Whether each population is measured, as a curve; if not, the first and the published one. */
    default boolean measuresEachPopulation() {
        return true;
    }

    /** The measures of a finished run. */
    Measures measures(Supplier<PrivateVectors> privateVectors);

    /** Measures the populations of a finished run. */
    interface Measures {

        /** @param populations by iteration, from 0 to {@code last}, which is published */
        Measured of(IntFunction<Population> populations, int last);
    }

    /**
     * What was measured.
     *
     * @param marginals of a table, outside the guarantee; only if the configuration asks for it
     * @param associations the same, real and synthetic
     */
    record Measured(
            List<MetricValue> metrics, Optional<MarginalComparison> marginals, Optional<Correlations> associations) {

        /** Measures of samples that are no rows, or that nothing but themselves is asked of. */
        public Measured(List<MetricValue> metrics) {
            this(metrics, Optional.empty(), Optional.empty());
        }
    }
}
