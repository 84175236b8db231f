package org.privateevolution.privacy;

import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;

/** A ledger in memory, which keeps the contract for concurrent runs in one process. */
final class InMemoryLedger implements LedgerStorage {
    private final List<LedgerEntry> entries = new ArrayList<>();

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
    public synchronized void append(LedgerEntry entry) throws FileAlreadyExistsException {
        if (entry.sequence() != entries.size() + 1) {
            throw new FileAlreadyExistsException("entry " + entry.sequence());
        }
        entries.add(entry);
    }
}
