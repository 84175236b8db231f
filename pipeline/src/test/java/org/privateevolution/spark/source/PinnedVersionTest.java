package org.privateevolution.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.fixtures.Customers;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.store.RunFiles;

class PinnedVersionTest {

    private final SparkSession spark = TestSession.spark();

    @TempDir
    Path folder;

    private RunFiles store;

    @BeforeEach
    void commitTwelveVersions() throws IOException {
        store = RunFiles.at(folder.resolve("out/store").toString(), SessionFiles.configuration(spark));
        for (int version = 0; version <= 11; version++) {
            commit(version);
        }
        Files.writeString(folder.resolve("table/_delta_log/00000000000000000010.checkpoint.parquet"), "");
        Files.writeString(folder.resolve("table/_delta_log/_last_checkpoint"), "");
    }

    private void commit(int version) throws IOException {
        Path log = Files.createDirectories(folder.resolve("table/_delta_log"));
        Files.writeString(log.resolve("%020d.json".formatted(version)), "{}".repeat(version + 1));
    }

    private RunSpec spec(String... overrides) {
        return Customers.spec(folder.resolve("table"), folder.resolve("out"), overrides);
    }

    private PinnedVersion pinned(String... overrides) {
        return PinnedVersion.of(spark, spec(overrides), store).orElseThrow();
    }

    @Test
    void aRunReadsTheVersionThatItBeganWith() throws IOException {
        PinnedVersion first = pinned("private_data.format=delta");
        assertThat(first.version()).isEqualTo("11");
        assertThat(first.format()).isEqualTo("delta");
        assertThat(store.read("source.json").orElseThrow()).contains("\"version\" : \"11\"");

        commit(12);
        // Nothing has been made of it yet.
        assertThat(pinned("private_data.format=delta").version()).isEqualTo("12");

        Files.createDirectories(folder.resolve("out/store/iteration-000"));
        PinnedVersion begun = pinned("private_data.format=delta");
        commit(13);
        assertThat(pinned("private_data.format=delta")).isEqualTo(begun);
    }

    @Test
    void aTableThatIsMadeAnewIsAnother() throws IOException {
        PinnedVersion first = pinned("private_data.format=delta");
        Files.writeString(folder.resolve("table/_delta_log/00000000000000000011.json"), "another table");

        assertThat(pinned("private_data.format=delta").version()).isEqualTo(first.version());
        assertThat(pinned("private_data.format=delta").proof()).isNotEqualTo(first.proof());
    }

    @Test
    void theVersionThatTheUserNamesIsTheVersion() {
        assertThat(pinned("private_data.format=delta", "private_data.options={VersionAsOf: 3}"))
                .isEqualTo(new PinnedVersion("delta", "3", ""));
        assertThat(store.read("source.json")).isEmpty();
    }

    @Test
    void filesAndViewsHaveNoVersions() {
        spark.range(1).createOrReplaceTempView("a_view");

        assertThat(PinnedVersion.of(spark, spec("private_data.format=parquet"), store))
                .isEmpty();
        assertThat(PinnedVersion.of(spark, spec("private_data={table: a_view}"), store))
                .isEmpty();
        assertThat(PinnedVersion.of(spark, spec("private_data={table: no.such.table}"), store))
                .isEmpty();
        assertThat(new PrivateSource(spark).isFixed(spec("private_data={table: a_view}")))
                .isFalse();
        assertThat(new PrivateSource(spark).isFixed(spec("private_data.format=delta")))
                .isFalse();
        assertThat(new PrivateSource(spark).isFixed(spec("private_data.format=parquet")))
                .isTrue();
        assertThat(new PrivateSource(spark)
                        .at(new PinnedVersion("delta", "3", ""))
                        .isFixed(spec("private_data.format=delta")))
                .isTrue();
    }
}
