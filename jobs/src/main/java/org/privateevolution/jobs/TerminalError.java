package org.privateevolution.jobs;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/** Standard error of a launcher that filters what Java itself writes there. */
final class TerminalError {

    /** Set by the launcher: the terminal behind the filter. */
    private static final String TERMINAL = "pe.stderr";

    private TerminalError() {}

    /** Writes to the terminal itself, where progress is drawn in place. */
    static void use() {
        String terminal = System.getProperty(TERMINAL);
        if (terminal == null) {
            return;
        }
        try {
            String encoding = System.getProperty("native.encoding", "UTF-8");
            System.setErr(new PrintStream(new FileOutputStream(terminal), true, encoding));
        } catch (IOException e) {
            // The filter passes everything else on.
        }
    }
}
