package org.privateevolution.privacy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger in memory, which keeps the contract for concurrent runs in one process. */
class InMemoryLedger implements LedgerStorage {
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final Map<LedgerEntry, String> confirmations = new HashMap<>();

    InMemoryLedger(List<LedgerEntry> entries) {
        this.entries.addAll(entries);
    }

    InMemoryLedger() {
        this(List.of());
    }

    @Override
    public synchronized List<LedgerEntry> read() {
        return new ArrayList<>(entries);
    }

    @Override
    public synchronized void append(LedgerEntry entry) throws IOException {
        if (entry.sequence() != entries.size() + 1) {
            throw new FileAlreadyExistsException("entry " + entry.sequence());
        }
        entries.add(entry);
    }

    @Override
    public synchronized Optional<String> confirmation(LedgerEntry entry) {
        return Optional.ofNullable(confirmations.get(entry));
    }

    @Override
    public synchronized void confirm(LedgerEntry entry, String digest) throws FileAlreadyExistsException {
        if (confirmations.putIfAbsent(entry, digest) != null) {
            throw new FileAlreadyExistsException("confirmation " + entry.sequence());
        }
    }
}
