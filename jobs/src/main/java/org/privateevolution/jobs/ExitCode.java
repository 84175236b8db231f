package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;

/** How a command ended. */
enum ExitCode {
    OK(0, "done"),
    INTERNAL(1, "internal error"),
    USAGE(2, "wrong usage or configuration"),
    PRIVATE_DATA(3, "private data refused: unreadable, or not as declared"),
    PRIVACY(4, "refused for privacy: budget or ledger"),
    STORAGE(5, "storage: unreachable, read-only, or taken by another driver"),
    GENERATION(6, "generation stopped"),
    AUDIT(7, "an audit contradicts what the configuration claims");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }

    /** One line per code, with its meaning. */
    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (ExitCode exitCode : values()) {
            lines.add(exitCode.code + "  " + exitCode.meaning);
        }
        return lines;
    }
}
