package org.privateevolution.privacy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A charged release as a record of the ledger's hash chain. Storage keeps all four components and restores them through
 * the constructor; {@link Ledger} verifies them.
 *
 * @param sequence 1, 2, 3 and so on without gaps
 * @param previousHash the hash of record {@code sequence - 1}; 64 zeros for the first
 * @param hash SHA-256, in lower-case hexadecimal, of the canonical text of the other components
 */
public record LedgerEntry(long sequence, Release release, String previousHash, String hash) implements LedgerRecord {

    public LedgerEntry {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(previousHash, "previousHash");
        Objects.requireNonNull(hash, "hash");
    }

    /**
     * Returns the entry for {@code release} that follows {@code previous}; {@code previous} is null for the first
     * record.
     */
    static LedgerEntry after(LedgerRecord previous, Release release) {
        long sequence = LedgerRecord.sequenceAfter(previous);
        String previousHash = LedgerRecord.hashOf(previous);
        return new LedgerEntry(sequence, release, previousHash, hash(sequence, release, previousHash));
    }

    @Override
    public boolean follows(LedgerRecord previous) {
        return equals(after(previous, release));
    }

    /**
     * Hashes one field per line. Numbers are written in hexadecimal, because that text is the same in every Java
     * version.
     */
    private static String hash(long sequence, Release release, String previousHash) {
        List<String> lines = new ArrayList<>(List.of(
                "ledger-entry " + version(release),
                "sequence=" + sequence,
                "previous=" + previousHash,
                "release=" + release.releaseId(),
                "run=" + release.runId(),
                "fingerprint=" + release.runFingerprint(),
                "kind=" + release.kind(),
                "noise-multiplier=" + Double.toHexString(release.noiseMultiplier()),
                "unit=" + release.unit().configName(),
                "adjacency=" + release.adjacency().configName(),
                "client-column=" + release.clientColumn(),
                "time=" + release.time()));
        if (release.namesItsRun()) {
            lines.add("run-name=" + release.runName());
            lines.add("delta=" + Double.toHexString(release.delta()));
        }
        if (release.thresholdDelta() > 0) {
            lines.add("threshold-delta=" + Double.toHexString(release.thresholdDelta()));
        }
        String text = String.join("\n", lines) + "\n";
        return ContentHash.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int version(Release release) {
        if (release.thresholdDelta() > 0) {
            return 3;
        }
        return release.namesItsRun() ? 2 : 1;
    }
}
