package org.privateevolution.spark.modality;

import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.Modality;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;

/**
 * One kind of samples on Spark: what is known of it before a run begins, and the way in.
 *
 * @param <S> what a configuration declares of it
 */
public interface Room<S extends Modality> {

    /** What it is the room of. */
    Class<S> kind();

    /** Number of floats in an embedding; opens no model that the program brings. */
    int dimension(S declared);

    /** What to do where embeddings have too many dimensions. */
    String narrower();

    /**
     * The same, with the checksum of every file that it depends on.
     *
     * @throws org.privateevolution.config.ConfigurationException if a file cannot be read or is not the one that was
     *     declared
     */
    S pinned(SparkSession spark, RunSpec spec, S declared);

    /** Checks the private data and what the configuration names; embeds nothing of them. */
    void check(SparkSession spark, PrivateSource source, RunSpec spec, S declared);

    /**
     * Opens it for a run.
     *
     * @param store the run's store
     * @param privateStore where private data are kept
     * @throws org.privateevolution.config.ConfigurationException if models, prompts or keys do not serve
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
