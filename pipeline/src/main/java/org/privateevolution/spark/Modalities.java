package org.privateevolution.spark;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.spark.image.ImageModality;
import org.privateevolution.spark.modality.Modality;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.table.TabularModality;
import org.privateevolution.spark.text.TextModality;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import org.privateevolution.vector.Kernels;

/** The one place that knows which modalities there are. */
final class Modalities {

    private Modalities() {}

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
                : TabularEmbedder.of(spec.tabular()).dimension();
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

    /**
     * The same run, with the checksum of every file that it depends on.
     *
     * @throws ConfigurationException if a file cannot be read or is not the one that was declared
     */
    static RunSpec pinned(SparkSession spark, RunSpec spec) {
        if (spec.modality() instanceof ImageSpec images) {
            return ImageModality.pinned(spark, spec, images);
        }
        return spec.modality() instanceof TextSpec text ? TextModality.pinned(spark, spec, text) : spec;
    }
}
