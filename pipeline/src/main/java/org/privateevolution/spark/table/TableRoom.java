package org.privateevolution.spark.table;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.generation.tabular.GeneratedValues;
import org.privateevolution.model.GeneratedColumns;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.modality.Room;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;

/** Rows of a table as a modality of runs. */
public final class TableRoom implements Room<RunSpec.Tabular> {

    @Override
    public Class<RunSpec.Tabular> kind() {
        return RunSpec.Tabular.class;
    }

    @Override
    public int dimension(RunSpec.Tabular table) {
        return TabularEmbedder.of(table).dimension();
    }

    @Override
    public String narrower() {
        return "merge rare categories of the longest lists, for instance into 'other'";
    }

    @Override
    public RunSpec.Tabular pinned(SparkSession spark, RunSpec spec, RunSpec.Tabular table) {
        return table;
    }

    @Override
    public void check(SparkSession spark, PrivateSource source, RunSpec spec, RunSpec.Tabular table) {
        generated(spec);
        try (PrivateVectors vectors = PrivateVectors.embed(spec, source.open(spec), TabularEmbedder.of(table))) {
            vectors.requireRecords();
        }
    }

    /**
     * Returns the values of the made-up columns.
     *
     * @throws ConfigurationException if they cannot be made up as they are declared
     */
    public static GeneratedValues generated(RunSpec spec) {
        return generated(spec.tabular().generated(), spec.seed());
    }

    /**
     * The values of the made-up columns of one of several tables.
     *
     * @param seed the table's own
     * @throws ConfigurationException likewise
     */
    public static GeneratedValues generated(GeneratedColumns columns, long seed) {
        try {
            return GeneratedValues.of(columns, seed);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("tabular.locale: " + e.getMessage()));
        }
    }

    @Override
    public OpenModality open(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            RunSpec.Tabular table,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        return new TabularModality(spark, source, spec, privateStore);
    }
}
