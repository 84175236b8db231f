package org.privateevolution.store;

import java.util.List;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.spi.StoreException;

/**
 * Distinguishes the stores of audits from those of runs. An audit charges a ledger and commits invented populations, so
 * no run may resume from its store, and no audit may work on the store of a run.
 */
public final class AuditMark {

    private static final String FILE = "AUDIT";

    private AuditMark() {}

    /**
     * Marks a new store as an audit's; a store that is marked already stays so.
     *
     * @throws ConfigurationException if the store holds a run
     */
    public static void claim(RunFiles store) {
        if (isIn(store)) {
            return;
        }
        if (!FileIterationStore.isEmpty(store) || RunRecord.isIn(store)) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.PLACE,
                    List.of(store.location()
                            + " contains a run, which an audit must not touch: give the audit its own output.path"));
        }
        if (!store.create(FILE, "Releases on invented records: no run can resume them.\n")) {
            throw new StoreException(
                    StoreException.Reason.HELD, "another driver has just started an audit at " + store.location());
        }
    }

    /** @throws ConfigurationException if the store is an audit's */
    public static void refuse(RunFiles store) {
        if (isIn(store)) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.PLACE,
                    List.of(store.location()
                            + " contains an audit's releases on invented records, which no run can resume: choose"
                            + " another"
                            + " output.path"));
        }
    }

    private static boolean isIn(RunFiles store) {
        return store.read(FILE).isPresent();
    }
}
