package org.privateevolution.spark.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.columnar.InMemoryRelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateSource;

class PrivateVectorsTest {

    private final SparkSession spark = TestSession.spark();

    @TempDir
    Path folder;

    @Test
    void theyAreCachedInTheSessionOfTheRunAndNoCloneOfIt() {
        Path data = folder.resolve("private");
        Customers.rows(spark).write().parquet(data.toString());
        RunSpec spec = Customers.spec(data, folder.resolve("out"));

        try (PrivateVectors vectors =
                PrivateVectors.embed(spec, new PrivateSource(spark).open(spec), TabularEmbedder.of(spec.tabular()))) {
            InMemoryRelation cached = (InMemoryRelation) vectors.blocks()
                    .queryExecution()
                    .withCachedData()
                    .collectLeaves()
                    .head();

            assertThat(cached.cacheBuilder().cachedPlan().session()).isSameAs(spark);
        }
        assertThat(spark.conf().get("spark.sql.adaptive.applyFinalStageShuffleOptimizations"))
                .isEqualTo("true");
    }
}
