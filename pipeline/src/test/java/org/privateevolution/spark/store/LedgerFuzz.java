package org.privateevolution.spark.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
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
 * One file of a ledger is other bytes, the first of which says which file: the ledger says what it said before, or is refused.
 */
public final class LedgerFuzz implements FuzzTarget {

    private static final List<String> FILES = List.of(
            "entry-000001.json", "entry-000002.json", "entry-000002.released.json", "entry-000003.json", "other.json");
    private static final Release FIRST = release("vote-001");
    private static final Release SECOND = release("vote-002");

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

    private static Release release(String id) {
        return new Release(
                id,
                "run",
                "fingerprint",
                Release.Kind.VOTES,
                13.6,
                PrivacyUnit.RECORD,
                Adjacency.ADD_REMOVE,
                "",
                Instant.parse("2026-01-17T12:00:00Z"));
    }

    private FileLedgerStorage storage() {
        return new FileLedgerStorage(RunFiles.at(folder.toString(), new Configuration()));
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < FILES.size(); i++) {
            byte[] content = sound.get(i) == null ? new byte[0] : sound.get(i);
            byte[] seed = new byte[content.length + 1];
            seed[0] = (byte) i;
            System.arraycopy(content, 0, seed, 1, content.length);
            seeds.add(seed);
        }
        return seeds;
    }

    @Override
    public void read(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        int file = (input[0] & 0xff) % FILES.size();
        Path path = folder.resolve(FILES.get(file));
        byte[] content = new byte[input.length - 1];
        System.arraycopy(input, 1, content, 0, content.length);
        Files.write(path, content);
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
