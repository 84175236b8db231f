package org.privateevolution.privacy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger in memory, which keeps the contract for concurrent runs in one process. */
public class InMemoryLedger implements LedgerStorage {
    private final List<LedgerRecord> records = new ArrayList<>();
    private final Map<LedgerEntry, Released> releases = new HashMap<>();

    public InMemoryLedger(List<? extends LedgerRecord> records) {
        this.records.addAll(records);
    }

    public InMemoryLedger() {
        this(List.of());
    }

    @Override
    public synchronized List<LedgerRecord> read() {
        return new ArrayList<>(records);
    }

    @Override
    public synchronized void append(LedgerRecord entry) throws IOException {
        if (entry.sequence() != records.size() + 1) {
            throw new FileAlreadyExistsException("entry " + entry.sequence());
        }
        records.add(entry);
    }

    @Override
    public synchronized Optional<Released> released(LedgerEntry entry) {
        return Optional.ofNullable(releases.get(entry));
    }

    @Override
    public Optional<Released> recover(LedgerEntry entry) {
        return released(entry);
    }

    @Override
    public synchronized void release(LedgerEntry entry, NoisyHistogram histogram) throws IOException {
        if (releases.putIfAbsent(entry, Released.of(histogram)) != null) {
            throw new FileAlreadyExistsException("release " + entry.sequence());
        }
    }

    /** As 0.1.0 noted a release: without its histogram. */
    synchronized void confirmAs010(LedgerEntry entry, NoisyHistogram histogram) {
        releases.put(entry, new Released(histogram.digest(), Optional.empty()));
    }
}
