package org.privateevolution.spark.modality;

import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.Modality;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;

/**
 * One kind of samples on Spark: what is known of it before a run begins, and how it is opened for a run.
 *
 * @param <S> what a configuration declares of this kind
 */
public interface Room<S extends Modality> {

    /** The class of this kind's declarations. */
    Class<S> kind();

    /**
     * Number of floats in an embedding. Opens a model that the configuration names, but none that comes with the
     * program.
     */
    int dimension(S declared);

    /** What to do if embeddings have too many dimensions. */
    String narrower();

    /**
     * The declaration with the checksum of every file that it depends on.
     *
     * @throws org.privateevolution.config.ConfigurationException if a file cannot be read or is not the declared one
     */
    S pinned(SparkSession spark, RunSpec spec, S declared);

    /** Checks the private data and everything that the configuration names, without embedding any record. */
    void check(SparkSession spark, PrivateSource source, RunSpec spec, S declared);

    /**
     * Opens this kind of samples for a run.
     *
     * @param store the run's store
     * @param privateStore where private data are kept
     * @throws org.privateevolution.config.ConfigurationException if models, prompts or keys are unusable
     */
    OpenModality open(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            S declared,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener);
}
