package org.privateevolution.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.privacy.Accountant;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.LedgerRecord;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;

class FileLedgerStorageTest {

    @TempDir
    Path directory;

    private FileLedgerStorage storage;

    @BeforeEach
    void open() {
        storage = storage();
    }

    @Test
    void aLedgerThatDoesNotExistYetIsEmpty() throws Exception {
        assertThat(storage.read()).isEmpty();
        assertThat(storage.location()).isEqualTo("file:" + directory.resolve("ledger"));
    }

    @Test
    void entriesAreReadBackInOrder() {
        Ledger ledger = new Ledger(storage);
        Release client = new Release(
                "label-counts",
                "run größer \"1\"",
                "fingerprint",
                Release.Kind.LABEL_COUNTS,
                0.1 + 0.2,
                PrivacyUnit.CLIENT,
                Adjacency.REPLACE_ONE,
                "customer, id",
                Instant.parse("2026-01-17T12:00:00.123456789Z"));
        ledger.charge(client);
        Release vote = new Release(
                "vote-001",
                client.runId(),
                client.runFingerprint(),
                Release.Kind.VOTES,
                7.5,
                client.unit(),
                client.adjacency(),
                client.clientColumn(),
                client.time());
        ledger.charge(vote);

        assertThat(new Ledger(storage).entries().stream().map(LedgerEntry::release))
                .containsExactly(client, vote);
    }

    @Test
    void aDiscoveryIsReadBackWithItsThresholdAndItsNames() throws Exception {
        Release discovery = new Release(
                "discovery",
                "run",
                "fingerprint",
                Release.Kind.DISCOVERY,
                3,
                PrivacyUnit.RECORD,
                Adjacency.ADD_REMOVE,
                "",
                Instant.parse("2026-01-17T00:00:00Z"),
                "discovery",
                1e-6,
                1e-7);
        NoisyHistogram drawn =
                NoisyHistogram.restored("discovery", 3, new long[] {5, -7, 9}, List.of("0:größer \"1\"", "1:2"));
        Ledger ledger = new Ledger(storage);
        ledger.charge(discovery);
        ledger.publish(discovery, drawn);

        Ledger again = new Ledger(storage);
        assertThat(again.entries().stream().map(LedgerEntry::release)).containsExactly(discovery);
        assertThat(again.recover(discovery).orElseThrow().histogram()).contains(drawn);
        assertThat(again.epsilon(1e-5, Adjacency.ADD_REMOVE))
                .isEqualTo(Accountant.of(Adjacency.ADD_REMOVE)
                        .plus(3, 1)
                        .plusThreshold(1e-7)
                        .epsilon(1e-5));
    }

    /** A driver that dies before the key leaves a file that does not tell how many values passed. */
    @Test
    void howManyPartitionsThereAreDoesNotShowInTheLengthOfAFile() throws Exception {
        aDiscoveryIsReadBackWithItsThresholdAndItsNames();
        Path file = directory.resolve("ledger/entry-000001.released.json");
        String text = Files.readString(file);

        assertThat(text).doesNotContain("candidates");
        assertThat(text.length()).isBetween(1 << 20, 3 << 19);
    }

    @Test
    void aThresholdThatWasTakenAwayIsNoticed() throws Exception {
        aDiscoveryIsReadBackWithItsThresholdAndItsNames();
        Path entry = directory.resolve("ledger/entry-000001.json");
        Files.writeString(entry, Files.readString(entry).replace("1.0E-7", "1.0E-9"));

        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> new Ledger(storage()).entries())
                .withMessageContaining("entry 1 is missing or was changed");
    }

    private FileLedgerStorage storage() {
        return new FileLedgerStorage(RunFiles.at(directory.resolve("ledger").toString(), new Configuration()));
    }

    @Test
    void anEntryIsWrittenOnce() throws Exception {
        new Ledger(storage).charge(release("run", 1));
        LedgerRecord entry = storage.read().get(0);

        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> storage.append(entry));
    }

    @Test
    void runsThatChargeAtTheSameTimeAllCount() throws Exception {
        int runs = 5;
        int releases = 7;
        ExecutorService executor = Executors.newFixedThreadPool(runs);
        try {
            List<Callable<Void>> chargers = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                String runId = "run-" + run;
                chargers.add(() -> {
                    Ledger ledger = new Ledger(storage);
                    for (int n = 1; n <= releases; n++) {
                        ledger.charge(release(runId, n));
                    }
                    return null;
                });
            }
            for (var outcome : executor.invokeAll(chargers)) {
                outcome.get();
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(new Ledger(storage).entries()).hasSize(runs * releases);
    }

    @Test
    void aDamagedEntryStopsEveryCharge() throws Exception {
        Ledger ledger = new Ledger(storage);
        ledger.charge(release("run", 1));
        Path entry = directory.resolve("ledger/entry-000001.json");
        String text = Files.readString(entry);
        for (String damaged : List.of(
                "",
                "{",
                text.replace("13.6", "136"),
                text.replace("13.6", "\"x\""),
                text.replace("VOTES", "NOTES"),
                text.replace("\"record\"", "\"client\""),
                text.replace("T12:00", ""))) {
            Files.writeString(entry, damaged);

            assertThatExceptionOfType(PrivacyException.class)
                    .as(damaged)
                    .isThrownBy(() -> ledger.charge(release("run", 2)))
                    .withMessageContaining("damaged");
        }
        assertThat(directory.resolve("ledger/entry-000002.json")).doesNotExist();
    }

    @Test
    void aForeignFileStopsEveryCharge() throws Exception {
        Ledger ledger = new Ledger(storage);
        ledger.charge(release("run", 1));
        Files.writeString(directory.resolve("ledger/notes.txt"), "");

        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> ledger.charge(release("run", 2)))
                .withMessageContainingAll("notes.txt", "move it away");
    }

    @Test
    void aLedgerThatCannotBeWrittenChargesNothing() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        Ledger ledger = new Ledger(
                new FileLedgerStorage(RunFiles.at(file.resolve("ledger").toString(), new Configuration())));

        assertThatExceptionOfType(PrivacyException.class)
                .isThrownBy(() -> ledger.charge(release("run", 1)))
                .withMessageContaining("could not be written to the ledger");
    }

    @Test
    void aReleaseIsReadBackToTheLastBitAndMadeOnce() throws Exception {
        LedgerEntry entry = charged();
        for (int candidates : new int[] {1, 7, 300_007}) {
            NoisyHistogram histogram = histogram(candidates);
            storage.release(entry, histogram);

            assertThat(storage.released(entry).orElseThrow().histogram()).contains(histogram);
            assertThat(storage.released(entry).orElseThrow().digest()).isEqualTo(histogram.digest());
            assertThatExceptionOfType(FileAlreadyExistsException.class)
                    .isThrownBy(() -> storage.release(entry, histogram(2)));
            Files.delete(released());
        }
        try (var left = Files.list(directory.resolve("ledger"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("entry-000001.json");
        }
    }

    /** Without its last bytes a file says nothing of the votes; of all others every change shows. */
    @Test
    void aReleaseIsNothingWithoutItsEndAndRefusedIfItWasChanged() throws Exception {
        LedgerEntry entry = charged();
        storage.release(entry, histogram(7));
        String text = Files.readString(released());
        assertThat(text)
                .doesNotContain(
                        Long.toString(histogram(7).gridVotes(6)), histogram(7).digest());
        for (int length = 0; length < text.length() - 1; length += 13) {
            Files.writeString(released(), text.substring(0, length));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> storage.released(entry));
        }
        for (String changed : List.of(
                text.replace("\"candidates\":7", "\"candidates\":6"),
                text.replace("13.6", "13.5"),
                text.replace("\"release\":\"vote-001", "\"release\":\"vote-0 1").replace("\"key\":\"", "\"key\":\"0"),
                text.replace(entry.hash(), "0".repeat(64)),
                text.replace("\"schema_version\":2", "\"schema_version\":3"))) {
            Files.writeString(released(), changed);
            assertThatExceptionOfType(IOException.class).as(changed).isThrownBy(() -> storage.released(entry));
        }
    }

    @Test
    void whatAnInterruptedReleaseLeftIsFinishedIfItIsWholeAndRemovedIfNot() throws Exception {
        LedgerEntry entry = charged();
        storage.release(entry, histogram(7));
        Path torn = directory.resolve("ledger/.entry-000001.released.json.tmp-a");
        Path whole = directory.resolve("ledger/.entry-000001.released.json.tmp-b");
        Path others = directory.resolve("ledger/.entry-000002.released.json.tmp-c");
        String text = Files.readString(released());
        Files.move(released(), whole);
        Files.writeString(torn, text.substring(0, text.length() - 9));
        Files.writeString(others, "");

        assertThat(storage.released(entry)).isEmpty();
        assertThat(storage.recover(entry).orElseThrow().histogram()).contains(histogram(7));

        assertThat(released()).hasContent(text);
        assertThat(torn).doesNotExist();
        assertThat(whole).doesNotExist();
        assertThat(others).as("of a run that may be at work").exists();
    }

    @Test
    void budgetsAndNamesOfRunsAreReadBack() {
        PrivacyBudget budget = new PrivacyBudget(3, 1e-6, PrivacyUnit.CLIENT, Adjacency.REPLACE_ONE, "customer, id");
        new Ledger(storage).setBudget(budget, LocalDate.of(2026, 1, 18));
        Release named = new Release(
                "vote-001",
                "run",
                "fingerprint",
                Release.Kind.VOTES,
                7.5,
                budget.unit(),
                Adjacency.ADD_REMOVE,
                budget.clientColumn(),
                Instant.parse("2026-01-18T12:13:14Z"),
                "größer",
                1e-6);
        new Ledger(storage).charge(named);

        assertThat(new Ledger(storage).budget().orElseThrow().budget()).isEqualTo(budget);
        assertThat(new Ledger(storage).entries().get(0).release()).isEqualTo(named);
        assertThat(directory.resolve("ledger/entry-000002.json"))
                .content()
                .contains("2026-01-18T00:00:00Z")
                .doesNotContain("12:13");
    }

    @Test
    void leasesOfRunsAreNoForeignFiles() {
        storage.leases("run").write("lease-000001.json", "{}");

        assertThat(new Ledger(storage).entries()).isEmpty();
        assertThat(directory.resolve("ledger/leases/run/lease-000001.json")).exists();
    }

    private LedgerEntry charged() {
        new Ledger(storage).charge(release("run", 1));
        return new Ledger(storage).entries().get(0);
    }

    private Path released() {
        return directory.resolve("ledger/entry-000001.released.json");
    }

    private static NoisyHistogram histogram(int candidates) {
        long[] votes = new long[candidates];
        Arrays.setAll(votes, i -> (i + 1) * 987_654_321_987L);
        return NoisyHistogram.restored("vote-001", 13.6, votes);
    }

    static Release release(String runId, int number) {
        return new Release(
                "vote-%03d".formatted(number),
                runId,
                "fingerprint",
                Release.Kind.VOTES,
                13.6,
                PrivacyUnit.RECORD,
                Adjacency.ADD_REMOVE,
                "",
                Instant.parse("2026-01-17T12:00:00Z"));
    }
}
