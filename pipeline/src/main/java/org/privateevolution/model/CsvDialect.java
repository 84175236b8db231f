package org.privateevolution.model;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a CSV file is written. By default as RFC 4180 has it: commas between fields; quotes around fields that hold commas,
 * quotes or line breaks; a quote within them twice.
 *
 * @param header whether each file begins with the names of its columns; if not, they are {@code _c0}, {@code _c1}, ...
 * @param separator what stands between fields, one character or more
 * @param quote {@link #NONE} if fields are never quoted
 * @param escape what stands before a quote, or before itself, within quotes; the quote itself if they are doubled
 * @param nullValue the unquoted field that is null
 * @param emptyValue what a quoted field with nothing in it is
 * @param trimStart whether blanks before a field do not belong to it
 * @param trimEnd whether blanks after a field do not belong to it
 * @param whole whether a quoted field may hold line breaks, so that a file is read from its beginning to its end
 * @param charset name of the encoding
 */
public record CsvDialect(
        boolean header,
        String separator,
        char quote,
        char escape,
        String nullValue,
        String emptyValue,
        boolean trimStart,
        boolean trimEnd,
        boolean whole,
        String charset)
        implements Serializable {

    /** No character. */
    public static final char NONE = '\0';

    public CsvDialect {
        if (separator.isEmpty()) {
            throw new IllegalArgumentException("sep is empty: it must be at least one character");
        }
        if (isLineEnd(separator) || (quote != NONE && separator.indexOf(quote) >= 0)) {
            throw new IllegalArgumentException("sep must hold neither the quote nor a line break");
        }
        if (isLineEnd(String.valueOf(quote)) || isLineEnd(String.valueOf(escape))) {
            throw new IllegalArgumentException("quote and escape must not be line breaks");
        }
        if (escape != quote && separator.indexOf(escape) >= 0) {
            throw new IllegalArgumentException("sep must not hold the escape");
        }
        if (!whole && !isByLine(charset)) {
            throw new IllegalArgumentException("encoding: lines of " + charset
                    + " cannot be told apart by their bytes: set multiLine to true, or write the file as UTF-8");
        }
    }

    /**
     * The dialect that options of Spark's CSV reader describe; the other options are not looked at.
     *
     * @throws IllegalArgumentException if one has no such value; the message begins with its name
     */
    public static CsvDialect of(Map<String, String> options) {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(options);
        char quote = character("quote", given.getOrDefault("quote", "\""));
        String escape = given.get("escape");
        return new CsvDialect(
                truth("header", given, false),
                separator(given.getOrDefault("sep", given.getOrDefault("delimiter", ","))),
                quote,
                escape == null ? quote : character("escape", escape),
                given.getOrDefault("nullValue", ""),
                given.getOrDefault("emptyValue", ""),
                truth("ignoreLeadingWhiteSpace", given, false),
                truth("ignoreTrailingWhiteSpace", given, false),
                truth("multiLine", given, false),
                charset(given));
    }

    /**
     * The encoding that options name.
     *
     * @throws IllegalArgumentException if there is no such one
     */
    public static String charset(Map<String, String> options) {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(options);
        String name = given.getOrDefault("encoding", given.getOrDefault("charset", StandardCharsets.UTF_8.name()));
        try {
            return Charset.forName(name).name();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "encoding: no encoding is called " + name + "; such as UTF-8, UTF-16, ISO-8859-1 or windows-1252",
                    e);
        }
    }

    /** Whether each byte that is a line feed's ends a line, whatever stands around it. */
    public static boolean isByLine(String charset) {
        Charset known = Charset.forName(charset);
        byte[] lineFeed = known.canEncode() ? "\n".getBytes(known) : new byte[0];
        return lineFeed.length == 1 && lineFeed[0] == '\n' && !known.name().startsWith("ISO-2022");
    }

    /**
     * A truth that is written as an option.
     *
     * @throws IllegalArgumentException if it is neither true nor false
     */
    public static boolean truth(String name, Map<String, String> options, boolean ifMissing) {
        String value = options.get(name);
        if (value == null) {
            return ifMissing;
        }
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException(name + ": " + value + " is not allowed: must be true or false");
        }
        return Boolean.parseBoolean(value);
    }

    private static String separator(String written) {
        return written.replace("\\t", "\t").replace("\\\\", "\\");
    }

    private static char character(String name, String written) {
        if (written.length() > 1) {
            throw new IllegalArgumentException(name + ": " + written + " is not allowed: must be one character");
        }
        return written.isEmpty() ? NONE : written.charAt(0);
    }

    private static boolean isLineEnd(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
