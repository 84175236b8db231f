package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.Sample;
import org.privateevolution.model.SelectionRecord;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.Text;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.spi.StoreException;

class FileIterationStoreTest {

    private static final Population POPULATION = new Population(
            0,
            List.of(
                    new Sample("g0.l0.n0", 0, new TableRow(new double[] {0.1, TableRow.NULL, -0.0, 1e300}), ""),
                    new Sample(
                            "g0.l0.n0.v0",
                            0,
                            new TableRow(new double[] {1 / 3.0, 0, 9007199254740992.0, -1}),
                            "g0.l0.n0"),
                    new Sample(
                            "g0.l2.n0",
                            2,
                            new Text("a line\r\nanother \u2028\u0085 größer 日本 \uD83D\uDE80 \"x\""),
                            "")));
    private static final NoisyHistogram RELEASE =
            NoisyHistogram.restored("vote-001", 13.6, new long[] {-5, 0, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53 | 1});

    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock();
    private RunFiles files;
    private DriverLease lease;
    private FileIterationStore store;

    @BeforeEach
    void open() {
        files = RunFiles.at(directory.toString(), new Configuration());
        lease = DriverLease.acquire(files, clock);
        store = new FileIterationStore(files, lease, "run");
    }

    @AfterEach
    void close() {
        lease.close();
    }

    @Test
    void aNewStoreHoldsNothing() {
        assertThat(store.lastCommitted()).isEqualTo(-1);
        assertThat(store.release("vote-001")).isEmpty();
        assertThat(store.metrics(1)).isEmpty();
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.population(0))
                .withMessageContainingAll("iteration-000/manifest.json", "never committed");
    }

    @Test
    void aPopulationIsReadBack() {
        store.commit(POPULATION);

        assertThat(store.lastCommitted()).isZero();
        assertThat(store.population(0)).isEqualTo(POPULATION);
    }

    @Test
    void anEmptyPopulationIsReadBack() {
        store.commit(new Population(0, List.of()));

        assertThat(store.population(0).size()).isZero();
    }

    @Test
    void aPopulationIsCommittedOnce() {
        store.commit(POPULATION);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.commit(POPULATION))
                .withMessageContaining("committed already");
    }

    @Test
    void aPopulationWithoutManifestDoesNotCount() throws Exception {
        store.commit(POPULATION);
        Files.delete(directory.resolve("iteration-000/manifest.json"));

        assertThat(store.lastCommitted()).isEqualTo(-1);
        store.commit(new Population(0, List.of()));
        assertThat(store.population(0).size()).isZero();
    }

    @Test
    void aReleaseIsReadBackToTheLastBit() {
        store.commitRelease(RELEASE);

        assertThat(store.release("vote-001")).contains(RELEASE);
        assertThat(store.release("vote-002")).isEmpty();
    }

    @Test
    void aReleaseIsWrittenOnce() throws Exception {
        store.commitRelease(RELEASE);
        byte[] before = Files.readAllBytes(directory.resolve("releases/vote-001.json"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.commitRelease(NoisyHistogram.restored("vote-001", 13.6, new long[] {7})))
                .withMessageContainingAll("vote-001.json", "exists already");
        assertThat(directory.resolve("releases/vote-001.json")).hasBinaryContent(before);
    }

    @Test
    void aReleaseThatWasHalfWrittenIsRemoved() throws Exception {
        store.commitRelease(RELEASE);
        Path half = directory.resolve("releases/.vote-002.json.tmp-0000");
        Files.writeString(half, "{");

        assertThat(new FileIterationStore(files, lease, "run").release("vote-002"))
                .isEmpty();
        assertThat(half).doesNotExist();
    }

    @Test
    void metricsAreReadBack() {
        List<MetricValue> metrics = List.of(
                new MetricValue(3, "größer, \"quoted\"", "survivors", 17, true),
                new MetricValue(3, "all", "noisy_votes", -0.1, false));
        store.commitSelection(3, List.of(new SelectionRecord(0, List.of(4, 4, 1), 2)), metrics, Set.of("vector"));

        assertThat(store.metrics(3)).isEqualTo(metrics);
        assertThat(store.metrics(2)).isEmpty();
    }

    @Test
    void aDriverThatWasOvertakenWritesNothing() {
        clock.advance(DriverLease.EXPIRY);
        try (DriverLease next = DriverLease.acquire(files, clock, pause -> {})) {
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.commit(POPULATION));
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.commitRelease(RELEASE));
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.commitSelection(1, List.of(), List.of(), Set.of()));
            next.verify();
        }
        assertThat(files.in("releases").list()).isEmpty();
        assertThat(files.in("iteration-000").list()).isEmpty();
        assertThat(files.in("iteration-001").list()).isEmpty();
    }

    @Test
    void aDamagedPopulationIsNamed() {
        store.commit(POPULATION);
        RunFiles iteration = files.in("iteration-000");
        String text = iteration.read("population.jsonl").orElseThrow();
        for (String damaged : List.of("", text.substring(0, text.length() / 2), text.replace("0.1", "0.2"))) {
            iteration.write("population.jsonl", damaged);
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.population(0))
                    .withMessageContainingAll("iteration-000/population.jsonl", "is damaged");
        }
    }

    @Test
    void aMissingPopulationIsNamed() throws Exception {
        store.commit(POPULATION);
        Files.delete(directory.resolve("iteration-000/population.jsonl"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.population(0))
                .withMessageContainingAll("iteration-000/population.jsonl", "is missing");
    }

    @Test
    void aDamagedReleaseIsNamed() {
        store.commitRelease(RELEASE);
        RunFiles releases = files.in("releases");
        String text = releases.read("vote-001.json").orElseThrow();
        for (String damaged : List.of(
                "",
                text.substring(0, text.length() / 2),
                text.replace("[-5,", "["),
                text.replace("[-5,", "[-5.5,"),
                text.replace("[-5,", "[\"-5\","),
                text.replace("vote-001", "vote-002"),
                text.replace("13.6", "\"x\""),
                text.replace("13.6", "-1"))) {
            releases.write("vote-001.json", damaged);
            assertThatExceptionOfType(StoreException.class)
                    .as(damaged)
                    .isThrownBy(() -> store.release("vote-001"))
                    .withMessageContainingAll("releases/vote-001.json", "is damaged");
        }
    }

    @Test
    void aStoreOfAnotherVersionIsRefused() {
        store.commitRelease(RELEASE);
        RunFiles releases = files.in("releases");
        String text = releases.read("vote-001.json").orElseThrow();
        releases.write("vote-001.json", text.replace("\"schema_version\":1", "\"schema_version\":2"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.release("vote-001"))
                .withMessageContainingAll("schema version 2", "reads version 1");
    }

    @Test
    void damagedMetricsAreNamed() {
        store.commitSelection(1, List.of(), List.of(new MetricValue(1, "all", "survivors", 17, true)), Set.of());
        RunFiles iteration = files.in("iteration-001");
        String text = iteration.read("selection.json").orElseThrow();
        for (String damaged : List.of("{", text.replace("\"survivors\"", "17"), text.replace("17.0", "\"x\""))) {
            iteration.write("selection.json", damaged);
            assertThatExceptionOfType(StoreException.class)
                    .as(damaged)
                    .isThrownBy(() -> store.metrics(1))
                    .withMessageContainingAll("iteration-001/selection.json", "is damaged");
        }
    }
}
