package org.privateevolution.spark.parsing;

import java.util.List;
import org.privateevolution.model.CsvDialect;

/**
 * Looks whether a CSV file, or a part of one, can be read by single quotes as well as by the quotes that it is read by, and
 * has fields of several lines then: each of those lines would vote as a record. An apostrophe that single quotes do not
 * explain, such as that of <i>don't</i>, rules them out, and so does a field that needs the quotes that it is read by.
 */
final class SingleQuotes {

    private static final char QUOTE = '\'';
    private static final int NOWHERE = -1;

    private final String separator;
    private final char escape;
    private boolean ruledOut;
    private boolean severalLines;
    /** The field in which a single quote is open. */
    private int open = NOWHERE;

    /** @param escape what may stand before a single quote within quotes */
    SingleQuotes(CsvDialect dialect, char escape) {
        this.separator = dialect.separator();
        this.escape = escape;
        this.ruledOut = dialect.quote() == QUOTE;
    }

    /** Looks at the next record, which has as many fields as the others. */
    void look(List<String> fields, CsvParser parser) {
        int before = open;
        for (int i = 0; i < fields.size() && !ruledOut; i++) {
            String field = fields.get(i);
            if (field == null) {
                continue;
            }
            if (open == NOWHERE && (parser.isQuoted(i) || field.isEmpty() || field.charAt(0) != QUOTE)) {
                ruledOut = hasOddQuote(field) || needsQuotes(field);
                continue;
            }
            boolean opens = open == NOWHERE;
            int close = close(field, opens ? 1 : 0);
            open = opens ? i : open;
            if (close != NOWHERE) {
                // Whatever lies between belongs to one field: only here does that leave as many as there should be.
                ruledOut = close != field.length() - 1 || open != i || parser.isQuoted(i);
                severalLines |= before == i;
                open = NOWHERE;
                before = NOWHERE;
            }
        }
    }

    /**
     * Whether single quotes are a reading of what was looked at.
     *
     * @param whole whether it was looked at to the end of the file, where no quote may be open
     */
    boolean fit(boolean whole) {
        return severalLines && !ruledOut && !(whole && open != NOWHERE);
    }

    private int close(String field, int from) {
        for (int i = from; i < field.length(); i++) {
            boolean another = i + 1 < field.length() && field.charAt(i + 1) == QUOTE;
            boolean itself = i + 1 < field.length() && field.charAt(i + 1) == escape;
            if (field.charAt(i) == escape && (another || escape != QUOTE && itself)) {
                i++;
            } else if (field.charAt(i) == QUOTE) {
                return i;
            }
        }
        return NOWHERE;
    }

    private boolean hasOddQuote(String field) {
        boolean odd = false;
        for (int i = field.indexOf(QUOTE); i >= 0; i = field.indexOf(QUOTE, i + 1)) {
            odd ^= escape == QUOTE || i == 0 || field.charAt(i - 1) != escape;
        }
        return odd;
    }

    private boolean needsQuotes(String field) {
        return field.contains(separator) || field.indexOf('\n') >= 0 || field.indexOf('\r') >= 0;
    }
}
