package org.privateevolution.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.privateevolution.fuzz.Choice;
import org.privateevolution.fuzz.FuzzTarget;
import org.privateevolution.fuzz.Refusals;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.Ledger;
import org.privateevolution.privacy.LedgerRecord;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.PrivacyException;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;

/**
 * One file of a ledger is replaced by other bytes, the first of which selects the file: the ledger reads as before, or
 * is refused.
 */
public final class LedgerFuzz implements FuzzTarget {

    private static final List<String> FILES = List.of(
            "entry-000001.json", "entry-000002.json", "entry-000002.released.json", "entry-000003.json", "other.json");
    private static final Release FIRST = FileLedgerStorageTest.release("run", 1);
    private static final Release SECOND = FileLedgerStorageTest.release("run", 2);

    private static final NoisyHistogram HISTOGRAM = NoisyHistogram.restored("vote-001", 13.6, new long[] {-5, 0, 7});

    private final Path folder;
    private final List<byte[]> sound = new ArrayList<>();
    private final List<LedgerRecord> records;

    public LedgerFuzz() throws IOException {
        folder = Files.createTempDirectory("fuzz-ledger").resolve("ledger");
        Ledger ledger = new Ledger(storage(), new PrivacyBudget(8, 1e-5, PrivacyUnit.RECORD, Adjacency.ADD_REMOVE, ""));
        ledger.charge(FIRST);
        ledger.publish(FIRST, HISTOGRAM);
        ledger.charge(SECOND);
        records = ledger.records();
        for (String file : FILES) {
            Path path = folder.resolve(file);
            sound.add(Files.exists(path) ? Files.readAllBytes(path) : null);
        }
    }

    private FileLedgerStorage storage() {
        return new FileLedgerStorage(RunFiles.at(folder.toString(), new Configuration()));
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < FILES.size(); i++) {
            byte[] content = sound.get(i) == null ? new byte[0] : sound.get(i);
            seeds.add(new Choice(i, content).input());
        }
        return seeds;
    }

    @Override
    public void read(byte[] input) throws IOException {
        Choice chosen = Choice.of(input);
        if (chosen == null) {
            return;
        }
        int file = chosen.number() % FILES.size();
        Path path = folder.resolve(FILES.get(file));
        Files.write(path, chosen.content());
        try {
            Ledger ledger = new Ledger(storage());
            Refusals.require(ledger.records().equals(records), "other records than were written");
            ledger.recover(FIRST).ifPresent(released -> released.histogram()
                    .ifPresent(histogram ->
                            Refusals.require(histogram.equals(HISTOGRAM), "another histogram than was released")));
        } catch (PrivacyException e) {
            Refusals.requireReadable(e.getMessage(), new String(input, StandardCharsets.ISO_8859_1));
        } finally {
            if (sound.get(file) == null) {
                Files.delete(path);
            } else {
                Files.write(path, sound.get(file));
            }
        }
    }
}
