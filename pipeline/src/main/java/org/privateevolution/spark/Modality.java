package org.privateevolution.spark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.report.RunReport;
import org.privateevolution.spark.store.RunFiles;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.RunListener;
import org.privateevolution.vector.Kernels;

/** What differs between runs that make rows of a table, texts and images. */
interface Modality {

    /** Makes samples. */
    GenerationApi generator();

    /** What is done about samples that cannot be made. */
    RejectionRule rejections();

    /** Embeds candidates for the driver. */
    Embedder candidateEmbedder();

    /**
     * Reads and embeds the private records.
     *
     * @throws PrivateDataException if they cannot be read or do not fit their declaration
     */
    PrivateVectors privateVectors();

    /**
     * Writes the published samples; returns them with the declared columns and types.
     *
     * @param weights of the samples, for a column of their own; none if there is none
     */
    Dataset<Row> publish(Population population, List<Double> weights, RunFiles output);

    /**
     * Writes pictures of the populations, and returns those that the report shows.
     *
     * @param populations by iteration, from 0 to {@code last}, which is published
     */
    default List<RunReport.Picture> pictures(IntFunction<Population> populations, int last, RunFiles output) {
        return List.of();
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
     */
    record Measured(List<MetricValue> metrics, Optional<MarginalComparison> marginals) {}

    /**
     * The modality of a run.
     *
     * @param store the run's store
     * @param privateStore where private data are kept
     * @throws org.privateevolution.config.ConfigurationException if models, prompts or keys do not serve
     */
    static Modality of(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        if (spec.modality() instanceof ImageSpec images) {
            return ImageModality.open(spark, source, spec, images, store, privateStore, listener);
        }
        return spec.modality() instanceof TextSpec text
                ? TextModality.open(spark, source, spec, text, store, privateStore, listener)
                : new TabularModality(spark, source, spec, privateStore);
    }

    /**
     * Number of floats in an embedding.
     *
     * @throws ConfigurationException if there are more than votes can be counted in
     */
    static int dimension(RunSpec spec) {
        int dimension = ofModality(spec);
        requireServed(spec, dimension);
        return dimension;
    }

    private static int ofModality(RunSpec spec) {
        if (spec.modality() instanceof ImageSpec images) {
            return ImageModality.dimension(images);
        }
        return spec.modality() instanceof TextSpec text
                ? TextModality.dimension(text)
                : TabularModality.embedder(spec.tabular()).dimension();
    }

    /** @throws ConfigurationException if there are more dimensions than votes can be counted in */
    static void requireServed(RunSpec spec, int dimension) {
        if (dimension <= Kernels.MAX_DIMENSION) {
            return;
        }
        String advice = "take rare categories of the longest lists together, for instance as one category 'other'";
        if (spec.modality() instanceof ImageSpec) {
            advice = "make images.embedding smaller, or name an encoder in it";
        } else if (spec.modality() instanceof TextSpec) {
            advice = "choose another text.embedding.model";
        }
        throw new ConfigurationException(List.of(String.format(
                Locale.ROOT,
                "records are embedded in %,d dimensions, and %,d is the most: %s",
                dimension,
                Kernels.MAX_DIMENSION,
                advice)));
    }

    /** Checks the private data and what the configuration names; embeds no text. */
    static void check(SparkSession spark, PrivateSource source, RunSpec spec) {
        if (spec.modality() instanceof TextSpec text) {
            TextModality.check(spark, source, spec, text);
        } else if (spec.modality() instanceof ImageSpec images) {
            ImageModality.check(spark, source, spec, images);
        } else {
            TabularModality.check(source, spec);
        }
    }
}
