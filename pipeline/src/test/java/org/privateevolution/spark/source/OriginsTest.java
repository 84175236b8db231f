package org.privateevolution.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateevolution.fixtures.TestSession;

class OriginsTest {

    @TempDir
    Path folder;

    private final SparkSession spark = TestSession.spark();

    @ParameterizedTest
    @CsvSource({
        "s3a://bucket/crm, s3://bucket/crm, true",
        "s3n://bucket/crm/2024, s3a://bucket/crm, true",
        "s3a://bucket/crm, s3://bucket/crm-synthetic, false",
        "s3a://bucket/crm, s3a://other/crm, false",
        "s3a://bucket, s3://bucket/lake/t, true",
        "s3a://bucket/crm/year=*/part-*, s3://bucket/crm, true",
        "s3a://bucket/crm/2024*, s3://bucket/crm/2024-new, true",
        "s3a://bucket/crm/2024*, s3://bucket/crm/synthetic, false",
        "s3a://bucket/*.csv, s3://bucket/lake/t, true",
        "unknown://host:8020/crm, unknown://host/crm/, true",
        "unknown://host/crm, unknown://host2/crm, false",
        "/crm/a, file:///crm/a/b, true",
        "/crm/a, file:/crm/ab, false",
    })
    void placesOverlapWhateverTheirSchemesAndWildcards(String one, String other, boolean overlap) {
        assertThat(Origins.at(spark, one).overlap(Origins.at(spark, other))).isEqualTo(overlap);
        assertThat(Origins.at(spark, other).overlap(Origins.at(spark, one))).isEqualTo(overlap);
    }

    @Test
    void linksOfLocalFoldersAreFollowed() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data/crm"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), data.getParent());

        assertThat(Origins.at(spark, link + "/crm/*.csv").overlap(Origins.at(spark, data.toString())))
                .isTrue();
    }

    @Test
    void aDataFrameOfFilesIsReadFromTheirFolder() {
        String files = folder.resolve("files").toString();
        spark.range(3).write().parquet(files);

        Origins read =
                Origins.of(spark, spark.read().parquet(files + "/*.parquet").where("id > 1"));

        assertThat(read.overlap(Origins.at(spark, files))).isTrue();
        assertThat(read.overlap(Origins.at(spark, folder.resolve("other").toString())))
                .isFalse();
    }
}
