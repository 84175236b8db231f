package org.privateevolution.jobs;

import java.util.Map;

/** The number of characters that a line may have. */
final class LineWidth {

    /** Width of a terminal that does not state it. */
    static final int USUAL = 80;

    private static final int NARROWEST = 40;
    private static final int UNLIMITED = 100_000;

    private LineWidth() {}

    /** Width of help and other pages of text. */
    static int ofPages() {
        return of(System.getenv(), USUAL);
    }

    /** Width of messages and tables. If a log or a program reads them, each is on one line. */
    static int ofMessages() {
        return of(System.getenv(), ConsoleProgress.isTerminal() ? USUAL : UNLIMITED);
    }

    /** The value of the variable COLUMNS, if it is a number; else {@code otherwise}. */
    static int of(Map<String, String> environment, int otherwise) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9]\\d{0,4}") ? Math.max(NARROWEST, Integer.parseInt(columns)) : otherwise;
    }
}
