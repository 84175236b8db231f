package org.privateevolution.spark.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.LedgerStorage;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;
import org.privateevolution.spi.StoreException;

/**
 * The ledger as numbered files, each created exclusively and never changed.
 *
 * <pre>
 * entry-NNNNNN.json             a charge
 * entry-NNNNNN.released.json    its release is on storage
 * </pre>
 */
public final class FileLedgerStorage implements LedgerStorage {

    private static final String ENTRY = "entry-\\d{6}\\.json";
    private static final String CONFIRMATION = "entry-\\d{6}\\.released\\.json";

    private final RunFiles files;

    public FileLedgerStorage(RunFiles files) {
        this.files = files;
    }

    /** Where the ledger is, as a URI. */
    public String location() {
        return files.location();
    }

    @Override
    public List<LedgerEntry> read() throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        long confirmed = 0;
        for (String name : files.list()) {
            if (name.matches(CONFIRMATION)) {
                confirmed = Math.max(confirmed, sequence(name));
                continue;
            }
            if (!name.matches(ENTRY)) {
                throw new IOException(files.location() + " holds " + name + ", which is no ledger entry: move it away");
            }
            String text = files.read(name).orElseThrow(() -> new IOException(name + " has vanished"));
            entries.add(entry(text, files.location() + "/" + name));
        }
        if (confirmed > entries.size()) {
            throw new IOException(files.location() + " has lost entry " + confirmed + ", whose release was made");
        }
        return entries;
    }

    @Override
    public void append(LedgerEntry entry) throws IOException {
        String name = "entry-%06d.json".formatted(entry.sequence());
        if (!files.create(name, StoreJson.pretty(json(entry)))) {
            throw new FileAlreadyExistsException(files.location() + "/" + name);
        }
    }

    @Override
    public Optional<String> confirmation(LedgerEntry entry) throws IOException {
        String name = confirmationName(entry);
        Optional<String> text = files.read(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            StoredObject stored = StoreJson.parseDocument(text.get(), files.location() + "/" + name);
            if (!stored.text("entry_hash").equals(entry.hash())) {
                throw new IOException(files.location() + "/" + name + " is damaged: it belongs to another entry");
            }
            return Optional.of(stored.text("release_sha256"));
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void confirm(LedgerEntry entry, String digest) throws IOException {
        ObjectNode node = StoreJson.document()
                .put("release", entry.release().releaseId())
                .put("entry_hash", entry.hash())
                .put("release_sha256", digest);
        if (!files.create(confirmationName(entry), StoreJson.pretty(node))) {
            throw new FileAlreadyExistsException(files.location() + "/" + confirmationName(entry));
        }
    }

    private static String confirmationName(LedgerEntry entry) {
        return "entry-%06d.released.json".formatted(entry.sequence());
    }

    private static long sequence(String name) {
        return Long.parseLong(name.substring("entry-".length(), name.indexOf('.')));
    }

    private static ObjectNode json(LedgerEntry entry) {
        Release release = entry.release();
        return StoreJson.document()
                .put("sequence", entry.sequence())
                .put("release", release.releaseId())
                .put("run", release.runId())
                .put("run_fingerprint", release.runFingerprint())
                .put("kind", release.kind().name())
                .put("noise_multiplier", release.noiseMultiplier())
                .put("unit", release.unit().configName())
                .put("adjacency", release.adjacency().configName())
                .put("client_column", release.clientColumn())
                .put("time", release.time().toString())
                .put("previous_hash", entry.previousHash())
                .put("hash", entry.hash());
    }

    private static LedgerEntry entry(String text, String where) throws IOException {
        try {
            StoredObject stored = StoreJson.parseDocument(text, where);
            Release release = new Release(
                    stored.text("release"),
                    stored.text("run"),
                    stored.text("run_fingerprint"),
                    Release.Kind.valueOf(stored.text("kind")),
                    stored.number("noise_multiplier"),
                    PrivacyUnit.parse(stored.text("unit")),
                    Adjacency.parse(stored.text("adjacency")),
                    stored.text("client_column"),
                    stored.instant("time"));
            return new LedgerEntry(
                    stored.whole("sequence"), release, stored.text("previous_hash"), stored.text("hash"));
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(where + " is damaged: " + e.getMessage(), e);
        }
    }
}
