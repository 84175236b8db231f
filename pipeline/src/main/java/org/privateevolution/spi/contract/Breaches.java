package org.privateevolution.spi.contract;

import java.util.ArrayList;
import java.util.List;

/** Collects an extension's violations of its contract. */
final class Breaches {

    private final String contract;
    private final List<String> lines = new ArrayList<>();

    Breaches(String contract) {
        this.contract = contract;
    }

    void unless(boolean kept, String breach) {
        if (!kept && !lines.contains(breach)) {
            lines.add(breach);
        }
    }

    /** Runs a check, and records what it throws. */
    void unlessThrown(String what, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException | LinkageError e) {
            lines.add(what + " throws " + e);
        }
    }

    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new AssertionError(contract + " is broken:\n- " + String.join("\n- ", lines));
        }
    }
}
