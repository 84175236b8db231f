package org.privateevolution.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.fixtures.Charges;
import org.privateevolution.fixtures.TestSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spi.RunListener;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Two files, each a partition, are rewritten between the votes of a run, and one or both partitions are lost from the
 * cache. A record that moved would vote twice, and records that are gone or unreadable would not vote: the run must
 * stop before it pays.
 */
class RereadTest {

    private static final String CROWD = "z,1\n".repeat(50);

    private static final String YAML =
            """
            name: reread
            private_data: {format: csv, path: %1$s}
            privacy: {noise_multiplier: 3, delta: 1e-5, ledger: %2$s/ledger}
            evolution: {schedule: [60, 60, 60], selection: sample}
            tabular:
              columns:
                - {name: c, type: string, categories: [x, y, z]}
                - {name: n, type: integer, min: 0, max: 9}
            output: {path: %2$s}
            """;

    private final SparkSession spark = TestSession.spark();

    @TempDir
    Path directory;

    private Path data;

    @BeforeEach
    void write() throws IOException {
        data = Files.createDirectory(directory.resolve("private"));
        write("x,1\n" + CROWD, "y,1\n" + CROWD);
    }

    @Test
    void aRecordThatMovedWhereItWouldVoteAgainStopsTheRun() {
        assertRefused(1, "y,1\n" + CROWD, "x,1\n" + CROWD);
    }

    @Test
    void recordsThatAreGoneStopTheRun() {
        assertRefused(2, "x,1\n", "y,1\n" + CROWD);
    }

    @Test
    void recordsThatNoLongerFitTheirDeclarationStopTheRun() {
        PrivateDataException refusal = assertRefused(2, "w,1\n" + CROWD, "y,1\n" + CROWD);

        assertThat(refusal).hasMessageContaining("column 'c': a private value is not among its declared categories");
    }

    @Test
    void sameRecordsInAnotherOrderAreTheSame() {
        run(spec(), "vote 2 of 2", 2, CROWD + "x,1\n", "y,1\n" + CROWD);

        assertThat(charges()).isEqualTo(2);
    }

    @Test
    void labelCountsAreRefusedAsVotesAre() {
        RunSpec spec = spec(
                "labels={column: c, type: string, values: [x, y, z], fractions: {noisy: {noise_multiplier: 3}}}",
                "tabular={columns: [{name: n, type: integer, min: 0, max: 9}]}");

        assertThatExceptionOfType(PrivateDataException.class)
                .isThrownBy(() -> run(spec, "label counts", 1, "y,1\n" + CROWD, "x,1\n" + CROWD));
        assertThat(directory.resolve("out/ledger/entry-000001.json")).doesNotExist();
    }

    private PrivateDataException assertRefused(int lost, String first, String second) {
        PrivateDataException refusal =
                catchThrowableOfType(PrivateDataException.class, () -> run(spec(), "vote 2 of 2", lost, first, second));

        assertThat(refusal)
                .hasMessageContainingAll(
                        "the private records changed during the run",
                        "Nothing was charged for this vote",
                        "Parquet",
                        "start the run again");
        assertThat(charges()).isEqualTo(1);
        assertThat(directory.resolve("out/store/releases/vote-002.json")).doesNotExist();

        write("x,1\n" + CROWD, "y,1\n" + CROWD);
        PrivateEvolution.on(spark).run(spec());
        assertThat(charges()).isEqualTo(2);
        return refusal;
    }

    /** Runs; when a stage starts, rewrites the files and loses so many partitions. */
    private void run(RunSpec spec, String stage, int lost, String first, String second) {
        PrivateEvolution.on(spark)
                .listener(new RunListener() {
                    @Override
                    public void stageStarted(String name, long total) {
                        if (name.equals(stage)) {
                            write(first, second);
                            lose(lost);
                        }
                    }
                })
                .run(spec);
    }

    private void lose(int partitions) {
        var cached = CollectionConverters.asJava(spark.sparkContext().getPersistentRDDs());
        assertThat(cached).isNotEmpty();
        cached.forEach((id, rdd) -> {
            assertThat(rdd.getNumPartitions()).isEqualTo(2);
            for (int partition = 0; partition < partitions; partition++) {
                SparkEnv.get().blockManager().removeBlock(new RDDBlockId((Integer) id, partition), true);
            }
        });
    }

    private RunSpec spec(String... overrides) {
        return RunConfiguration.parse(
                YAML.formatted(data, directory.resolve("out")), "reread.yaml", List.of(overrides));
    }

    private void write(String first, String second) {
        try {
            Files.writeString(data.resolve("p0.csv"), "c,n\n" + first);
            Files.writeString(data.resolve("p1.csv"), "c,n\n" + second);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int charges() {
        return Charges.in(directory.resolve("out/ledger")).size();
    }
}
