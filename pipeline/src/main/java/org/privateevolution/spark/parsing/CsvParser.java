package org.privateevolution.spark.parsing;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.privateevolution.model.CsvDialect;

/**
 * Reads CSV by the grammar of RFC 4180, in the declared dialect. Text that can be read in two ways is refused, because
 * a record that is torn votes more than once, and one that swallows others changes their votes.
 *
 * <p>A record ends with LF or CRLF, or with CR in a file that has no other line ends. An empty line is not a record; a
 * record with a single empty field is written {@code ""}. A field is quoted if it begins with a quote. Quotes in other
 * fields are text, but their number must be even: an odd quote may belong to a field that continues on the next line.
 */
final class CsvParser {

    /** Limits the memory that a quote that is never closed can take. */
    private static final int MOST_CHARACTERS = 1 << 26;

    private static final int END = -1;
    private static final int BUFFER = 1 << 16;

    private enum LineEnds {
        UNKNOWN,
        WITH_LINE_FEED,
        CARRIAGE_RETURN
    }

    private final CsvDialect dialect;
    private final Reader in;
    private char[] buffer;
    private int position;
    private int limit;
    private LineEnds lineEnds;
    private int characters;
    private final StringBuilder field = new StringBuilder();
    private final List<String> fields = new ArrayList<>();
    private final BitSet quoted = new BitSet();

    /** Reads a file. */
    CsvParser(CsvDialect dialect, Reader in) {
        this.dialect = dialect;
        this.in = in;
        this.buffer = new char[BUFFER];
        this.lineEnds = LineEnds.UNKNOWN;
    }

    /** Reads one line, without its end. */
    CsvParser(CsvDialect dialect, String line) {
        this.dialect = dialect;
        this.in = null;
        this.buffer = line.toCharArray();
        this.limit = buffer.length;
        this.lineEnds = LineEnds.WITH_LINE_FEED;
    }

    /**
     * Reads the next record.
     *
     * @return the fields of the record, those equal to the declared null value as null; valid until the next call. Null
     *     at the end of the file
     * @throws UnsoundRecordException if the record is not sound
     */
    List<String> next() throws IOException {
        fields.clear();
        quoted.clear();
        characters = 0;
        while (skipLineEnd()) {
            // An empty line is not a record.
        }
        if (at(0) == END) {
            return null;
        }
        do {
            readField();
        } while (skipSeparator());
        skipLineEnd();
        return fields;
    }

    /** Whether a field of the last record is quoted. */
    boolean isQuoted(int field) {
        return quoted.get(field);
    }

    private void readField() throws IOException {
        field.setLength(0);
        if (dialect.trimStart()) {
            skipBlanks();
        }
        if (dialect.quote() != CsvDialect.NONE && at(0) == dialect.quote()) {
            readQuoted();
            quoted.set(fields.size());
            fields.add(field.isEmpty() ? dialect.emptyValue() : field.toString());
        } else {
            readUnquoted();
            String text = field.toString();
            fields.add(text.equals(dialect.nullValue()) ? null : text);
        }
    }

    private void readUnquoted() throws IOException {
        int quotes = 0;
        while (at(0) != END && !isLineEnd() && !isSeparator()) {
            boolean quote = at(0) == dialect.quote() && dialect.quote() != CsvDialect.NONE;
            // An escaped quote belongs to a quoted text that began elsewhere; counting it could hide an odd number of
            // quotes.
            boolean escaped = dialect.escape() != dialect.quote()
                    && field.length() > 0
                    && field.charAt(field.length() - 1) == dialect.escape();
            if (quote && !escaped) {
                quotes++;
            }
            take();
        }
        if (quotes % 2 != 0) {
            throw new UnsoundRecordException("a field that is not quoted holds a quote: quote such fields, or set"
                    + " options.quote to '' if quotes are text in this file"
                    + (dialect.trimStart()
                            ? ""
                            : ", or options.ignoreLeadingWhiteSpace to true if blanks precede quotes"));
        }
        if (dialect.trimEnd()) {
            field.setLength(trimmed());
        }
    }

    private int trimmed() {
        int length = field.length();
        while (length > 0 && isBlank(field.charAt(length - 1))) {
            length--;
        }
        return length;
    }

    private void readQuoted() throws IOException {
        char quote = dialect.quote();
        char escape = dialect.escape();
        boolean backslash = false;
        position++;
        while (true) {
            int next = at(0);
            if (next == END) {
                throw unclosed();
            }
            if (next == escape && escape != quote && escape != CsvDialect.NONE && (at(1) == quote || at(1) == escape)) {
                position++;
                take();
            } else if (next == quote && escape == quote && at(1) == quote) {
                position++;
                take();
            } else if (next == quote) {
                position++;
                break;
            } else {
                backslash = next == '\\';
                take();
                continue;
            }
            backslash = false;
        }
        if (dialect.trimEnd()) {
            skipBlanks();
        }
        if (at(0) != END && !isLineEnd() && !isSeparator()) {
            throw textAfterQuote(backslash);
        }
    }

    private UnsoundRecordException unclosed() {
        return new UnsoundRecordException(
                in == null
                        ? "a line ends within quotes: a record has a line break in quotes: set options.multiLine to"
                                + " true"
                        : "a quote is never closed: close it, or set options.quote to '' if quotes are text in this"
                                + " file");
    }

    private UnsoundRecordException textAfterQuote(boolean backslash) {
        if (backslash && dialect.escape() != '\\') {
            return new UnsoundRecordException(
                    "a quote in quotes has a backslash before it: set options.escape to '\\'");
        }
        return new UnsoundRecordException("text follows a closing quote: write quotes in quotes twice, or set"
                + " options.escape to what stands before them"
                + (dialect.escape() == dialect.quote() ? "" : "; to '" + dialect.quote() + "' if they are doubled"));
    }

    private void take() throws IOException {
        field.append((char) at(0));
        position++;
        characters++;
        if (characters > MOST_CHARACTERS) {
            throw new UnsoundRecordException("it is longer than " + MOST_CHARACTERS
                    + " characters: close its quotes, or set options.quote to '' if quotes are text in this file");
        }
    }

    private boolean isSeparator() throws IOException {
        String separator = dialect.separator();
        for (int i = 0; i < separator.length(); i++) {
            if (at(i) != separator.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean skipSeparator() throws IOException {
        if (!isSeparator()) {
            return false;
        }
        position += dialect.separator().length();
        return true;
    }

    private void skipBlanks() throws IOException {
        while (isBlank(at(0)) && !isSeparator()) {
            position++;
        }
    }

    private static boolean isBlank(int character) {
        return character == ' ' || character == '\t';
    }

    private boolean isLineEnd() throws IOException {
        return at(0) == '\n' || at(0) == '\r';
    }

    private boolean skipLineEnd() throws IOException {
        if (!isLineEnd()) {
            return false;
        }
        boolean carriageReturn = at(0) == '\r' && at(1) != '\n';
        LineEnds found = carriageReturn ? LineEnds.CARRIAGE_RETURN : LineEnds.WITH_LINE_FEED;
        if (lineEnds != LineEnds.UNKNOWN && lineEnds != found) {
            throw new UnsoundRecordException(
                    "a carriage return alone stands outside quotes, where other lines end with a"
                            + " line feed: write the same line ends throughout, and quote fields that hold one"
                            + (in == null ? ", or set options.multiLine to true" : ""));
        }
        lineEnds = found;
        position += at(0) == '\r' && !carriageReturn ? 2 : 1;
        return true;
    }

    /** The character at an offset from the current position, or END. */
    private int at(int offset) throws IOException {
        if (position + offset >= limit && !fill(offset)) {
            return END;
        }
        return buffer[position + offset];
    }

    private boolean fill(int offset) throws IOException {
        if (in == null) {
            return false;
        }
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        while (limit <= offset) {
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }
}
