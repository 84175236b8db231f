package org.privateevolution.jobs;

import java.util.Map;

/** How many characters a line may have. */
final class LineWidth {

    /** Of a terminal that does not say. */
    static final int USUAL = 80;

    private static final int NARROWEST = 40;
    private static final int UNLIMITED = 100_000;

    private LineWidth() {}

    /** Of help and other pages of text. */
    static int ofPages() {
        return of(System.getenv(), USUAL);
    }

    /** Of messages and tables: a log or a program that reads them gets each on one line. */
    static int ofMessages() {
        return of(System.getenv(), ConsoleProgress.isTerminal() ? USUAL : UNLIMITED);
    }

    /** What the variable COLUMNS says, if it says a number; else {@code otherwise}. */
    static int of(Map<String, String> environment, int otherwise) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9]\\d{0,4}") ? Math.max(NARROWEST, Integer.parseInt(columns)) : otherwise;
    }
}
