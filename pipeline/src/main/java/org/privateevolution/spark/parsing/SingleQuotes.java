package org.privateevolution.spark.parsing;

import java.util.List;
import org.privateevolution.model.CsvDialect;

/**
 * Detects CSV that can be read equally well with single quotes as with the quote character in use, and would then have
 * fields of several lines: each of these lines would vote as a record. Single quotes are ruled out by an apostrophe
 * that they do not explain, as in <i>don't</i>, and by a field that needs the quote character in use.
 */
final class SingleQuotes {

    private static final char QUOTE = '\'';
    private static final int NOWHERE = -1;

    private final String separator;
    private final char escape;
    private boolean ruledOut;
    private boolean severalLines;
    /** Index of the field in which a single quote is open. */
    private int open = NOWHERE;

    /** @param escape the character that may escape a single quote within single quotes */
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
                // Everything in between belongs to one field: the number of fields is right only if the quote closes in
                // the column in which it opened.
                ruledOut = close != field.length() - 1 || open != i || parser.isQuoted(i);
                severalLines |= before == i;
                open = NOWHERE;
                before = NOWHERE;
            }
        }
    }

    /**
     * Whether what was looked at can be read with single quotes.
     *
     * @param whole whether it reached the end of the file, where no quote may be open
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
