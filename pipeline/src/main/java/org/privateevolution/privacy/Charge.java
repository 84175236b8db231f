package org.privateevolution.privacy;

import java.util.concurrent.atomic.AtomicBoolean;

/** The ledger's receipt for a charged release. Only {@link Ledger#charge} makes one, and it pays for one histogram. */
public final class Charge {
    private final LedgerEntry entry;
    private final AtomicBoolean spent = new AtomicBoolean();

    Charge(LedgerEntry entry) {
        this.entry = entry;
    }

    /** The release that was charged. */
    public Release release() {
        return entry.release();
    }

    /** The sequence number of the charge in the ledger, from 1. */
    public long sequence() {
        return entry.sequence();
    }

    void spend() {
        if (!spent.compareAndSet(false, true)) {
            throw new PrivacyException(
                    PrivacyException.Reason.RELEASE,
                    "release " + release().releaseId()
                            + " has already been made under this charge: use the stored result, or resume the run");
        }
    }

    @Override
    public String toString() {
        return "Charge " + sequence() + " for " + release().releaseId();
    }
}
