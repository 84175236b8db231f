package org.privateevolution.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;

class FileLedgerStorageTest {

    @TempDir
    Path directory;

    private FileLedgerStorage storage;

    @BeforeEach
    void open() {
        storage = new FileLedgerStorage(RunFiles.at(directory.resolve("ledger").toString(), new Configuration()));
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
    void anEntryIsWrittenOnce() throws Exception {
        new Ledger(storage).charge(release("run", 1));
        LedgerEntry entry = storage.read().get(0);

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

    private static Release release(String runId, int number) {
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
