package org.privateevolution.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.BudgetEntry;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.privacy.LedgerRecord;
import org.privateevolution.privacy.LedgerStorage;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.PrivacyBudget;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.Release;
import org.privateevolution.spi.StoreException;

/**
 * The ledger as numbered files, each created exclusively and never changed.
 *
 * <pre>
 * entry-NNNNNN.json             a charge, or a budget
 * entry-NNNNNN.released.json    what was released under the charge
 * leases/&lt;run id&gt;/              which driver works on a run
 * </pre>
 */
public final class FileLedgerStorage implements LedgerStorage {

    private static final String FIRST = "entry-000001.json";
    private static final Pattern ENTRY = Pattern.compile("entry-\\d{6}\\.json");
    private static final Pattern RELEASED = Pattern.compile("entry-\\d{6}\\.released\\.json");
    private static final String LEASES = "leases";
    private static final String BUDGET = "BUDGET";

    /** Version 1 had no names of runs, no delta of theirs, and no budgets. */
    private static final int SCHEMA_VERSION = 2;
    /**
     * Version of entries for releases with a threshold: earlier programs, which would not count the threshold, must
     * refuse them.
     */
    private static final int THRESHOLD_VERSION = 3;

    private final FilesToRead files;

    /** All entries read so far but the newest, in order; entries are written once. */
    private List<Known> known = List.of();

    /** An entry that was read from the file of this name. */
    private record Known(String name, LedgerRecord record) {}

    /** @param files to be {@link RunFiles}, if anything is to be written */
    public FileLedgerStorage(FilesToRead files) {
        this.files = files;
    }

    private RunFiles written() {
        if (files instanceof RunFiles writable) {
            return writable;
        }
        throw new IllegalStateException(files.location() + " was opened to be read only");
    }

    /** Location of the ledger, as a URI. */
    public String location() {
        return files.location();
    }

    /** The leases of a run. They lie with the ledger because copies of a run's directory share the ledger. */
    public RunFiles leases(String runId) {
        return written().in(LEASES).in(runId);
    }

    /** Whether {@code files} holds a ledger. */
    public static boolean isAt(FilesToRead files) {
        return files.list().stream().anyMatch(name -> ENTRY.matcher(name).matches());
    }

    /**
     * Whether {@code files} holds a ledger's first entry, for folders that hold many other files or cannot be listed.
     */
    public static boolean beginsAt(FilesToRead files) {
        return files.read(FIRST).isPresent();
    }

    /**
     * Reads the ledger. Only the newest known entry is read again: the hash chain covers all entries before it, so a
     * ledger that was replaced is detected. Damage to an older file is detected by the next process. Otherwise, a
     * ledger of thousands of entries would be read in full several times per release.
     */
    @Override
    public synchronized List<LedgerRecord> read() throws IOException {
        List<Known> read = new ArrayList<>(known.size() + 1);
        long released = 0;
        for (String name : files.list()) {
            if (read.size() < known.size() && known.get(read.size()).name().equals(name)) {
                read.add(known.get(read.size()));
                continue;
            }
            if (RELEASED.matcher(name).matches()) {
                released = Math.max(released, sequence(name));
                continue;
            }
            if (name.equals(LEASES)) {
                continue;
            }
            if (!ENTRY.matcher(name).matches()) {
                throw new IOException(
                        isAt(files)
                                ? files.location() + " holds " + name + ", which is not a ledger entry: move it away"
                                : files.location() + " is not a ledger: give the path of privacy.ledger");
            }
            String text = files.read(name).orElseThrow(() -> new IOException(name + " has disappeared"));
            read.add(new Known(name, record(text, files.location() + "/" + name)));
        }
        if (released > read.size()) {
            throw new IOException(files.location() + " has lost entry " + released + ", whose release was made");
        }
        known = read.isEmpty() ? List.of() : read.subList(0, read.size() - 1);
        return read.stream().map(Known::record).toList();
    }

    @Override
    public void append(LedgerRecord entry) throws IOException {
        String name = String.format(Locale.ROOT, "entry-%06d.json", entry.sequence());
        ObjectNode node = entry instanceof BudgetEntry budget ? json(budget) : json((LedgerEntry) entry);
        node.put("previous_hash", entry.previousHash()).put("hash", entry.hash());
        if (!written().create(name, StoreJson.pretty(node))) {
            throw new FileAlreadyExistsException(files.location() + "/" + name);
        }
    }

    @Override
    public Optional<Released> released(LedgerEntry entry) throws IOException {
        String name = releasedName(entry);
        Optional<String> text = files.read(name);
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(released(entry, text.get(), files.location() + "/" + name));
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Released released(LedgerEntry entry, String text, String where) {
        StoredObject stored = StoreJson.parseDocument(text, where, SealedRelease.PARTITIONS_VERSION);
        if (stored.integer(SchemaVersion.FIELD) >= SealedRelease.SCHEMA_VERSION) {
            NoisyHistogram histogram = SealedRelease.open(entry, stored);
            return new Released(histogram.digest(), Optional.of(histogram));
        }
        if (!stored.text("entry_hash").equals(entry.hash())) {
            throw StoredObject.damaged(where, "it belongs to another entry");
        }
        return new Released(stored.text("release_sha256"), Optional.empty());
    }

    @Override
    public Optional<Released> recover(LedgerEntry entry) throws IOException {
        String name = releasedName(entry);
        written().recover(name, content -> isWhole(entry, content));
        return released(entry);
    }

    private static boolean isWhole(LedgerEntry entry, byte[] content) {
        try {
            released(entry, new String(content, StandardCharsets.UTF_8), "a temporary file");
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    @Override
    public void release(LedgerEntry entry, NoisyHistogram histogram) throws IOException {
        SealedRelease sealed = SealedRelease.of(entry, histogram);
        if (!written().createSealed(releasedName(entry), sealed.body(), sealed.seal())) {
            throw new FileAlreadyExistsException(files.location() + "/" + releasedName(entry));
        }
    }

    private static String releasedName(LedgerEntry entry) {
        return String.format(Locale.ROOT, "entry-%06d.released.json", entry.sequence());
    }

    private static long sequence(String name) {
        return Long.parseLong(name.substring("entry-".length(), name.indexOf('.')));
    }

    private static ObjectNode json(LedgerEntry entry) {
        Release release = entry.release();
        boolean thresholded = release.thresholdDelta() > 0;
        int version = release.namesItsRun() ? SCHEMA_VERSION : StoreJson.SCHEMA_VERSION;
        ObjectNode node = StoreJson.document(thresholded ? THRESHOLD_VERSION : version)
                .put("sequence", entry.sequence())
                .put("release", release.releaseId())
                .put("run", release.runId())
                .put("run_fingerprint", release.runFingerprint())
                .put("kind", release.kind().name())
                .put("noise_multiplier", release.noiseMultiplier())
                .put("unit", release.unit().configName())
                .put("adjacency", release.adjacency().configName())
                .put("client_column", release.clientColumn())
                .put("time", release.time().toString());
        if (release.namesItsRun()) {
            node.put("run_name", release.runName()).put("delta", release.delta());
        }
        return thresholded ? node.put("threshold_delta", release.thresholdDelta()) : node;
    }

    private static ObjectNode json(BudgetEntry entry) {
        PrivacyBudget budget = entry.budget();
        return StoreJson.document(SCHEMA_VERSION)
                .put("sequence", entry.sequence())
                .put("kind", BUDGET)
                .put("epsilon", budget.epsilon())
                .put("delta", budget.delta())
                .put("unit", budget.unit().configName())
                .put("adjacency", budget.adjacency().configName())
                .put("client_column", budget.clientColumn())
                .put("day", entry.day().toString());
    }

    private static LedgerRecord record(String text, String where) throws IOException {
        try {
            StoredObject stored = StoreJson.parseDocument(text, where, THRESHOLD_VERSION);
            return stored.text("kind").equals(BUDGET) ? budget(stored) : entry(stored);
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(where + " is damaged: " + e.getMessage(), e);
        }
    }

    private static BudgetEntry budget(StoredObject stored) {
        PrivacyBudget budget = new PrivacyBudget(
                stored.number("epsilon"),
                stored.number("delta"),
                PrivacyUnit.parse(stored.text("unit")),
                Adjacency.parse(stored.text("adjacency")),
                stored.text("client_column"));
        return new BudgetEntry(
                stored.whole("sequence"),
                budget,
                LocalDate.parse(stored.text("day")),
                stored.text("previous_hash"),
                stored.text("hash"));
    }

    private static LedgerEntry entry(StoredObject stored) {
        int version = stored.integer(SchemaVersion.FIELD);
        boolean namesItsRun = version >= SCHEMA_VERSION;
        Release release = new Release(
                stored.text("release"),
                stored.text("run"),
                stored.text("run_fingerprint"),
                Release.Kind.valueOf(stored.text("kind")),
                stored.number("noise_multiplier"),
                PrivacyUnit.parse(stored.text("unit")),
                Adjacency.parse(stored.text("adjacency")),
                stored.text("client_column"),
                stored.instant("time"),
                namesItsRun ? stored.text("run_name") : "",
                namesItsRun ? stored.number("delta") : Double.NaN,
                version >= THRESHOLD_VERSION ? stored.number("threshold_delta") : 0);
        return new LedgerEntry(stored.whole("sequence"), release, stored.text("previous_hash"), stored.text("hash"));
    }
}
