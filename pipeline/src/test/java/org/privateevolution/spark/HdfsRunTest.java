package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.privacy.TestNoise;
import org.privateevolution.store.RunFiles;

/** A run whose configuration, data, store, ledger and output are all on HDFS. */
class HdfsRunTest {

    @TempDir
    Path directory;

    @Test
    void aRunOnHdfsEqualsTheSameRunOnLocalFiles() throws Exception {
        SparkSession spark = TestSession.spark();
        Path data = directory.resolve("private");
        Customers.rows(spark).write().parquet(data.toString());
        RunResult expected = PrivateEvolution.on(spark)
                .noise(TestNoise.seeded(11))
                .run(RunConfiguration.parse(
                        Customers.yaml(data.toString(), directory.resolve("out").toString()),
                        "customers.yaml",
                        List.of()));

        try (MiniDFSCluster hdfs = new MiniDFSCluster.Builder(
                        new Configuration(), directory.resolve("hdfs").toFile())
                .build()) {
            String lake = hdfs.getURI() + "/lake";
            Customers.rows(spark).write().parquet(lake + "/private");
            RunFiles files = RunFiles.at(lake, new Configuration());
            files.write("customers.yaml", Customers.yaml(lake + "/private", lake + "/out"));

            RunResult result = PrivateEvolution.on(spark)
                    .noise(TestNoise.seeded(11))
                    .run(ConfigurationFile.load(lake + "/customers.yaml", List.of()));

            assertThat(result.synthetic().collectAsList())
                    .containsExactlyElementsOf(expected.synthetic().collectAsList());
            assertThat(result.guarantee().charges())
                    .isNotEmpty()
                    .hasSameSizeAs(expected.guarantee().charges());
            assertThat(files.in("out").list())
                    .contains("guarantee.json", "metrics.csv", "report.html", "ledger", "store", "synthetic");
        }
    }
}
