package org.privateevolution.model;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The dialect of a CSV file. The defaults follow RFC 4180: commas separate fields; fields that contain commas, quotes
 * or line breaks are quoted; a quote within a quoted field is doubled.
 *
 * @param header whether each file begins with the names of its columns; if not, the names are {@code _c0}, {@code _c1},
 *     ...
 * @param separator separator of fields, at least one character
 * @param quote {@link #NONE} if fields are never quoted
 * @param escape character before a quote, or before itself, within a quoted field; equal to {@code quote} if quotes are
 *     doubled
 * @param nullValue the unquoted field that stands for null
 * @param emptyValue value of an empty quoted field
 * @param trimStart whether blanks before a field are removed
 * @param trimEnd whether blanks after a field are removed
 * @param whole whether a quoted field may contain line breaks, so that a file must be read from beginning to end
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

    /** Stands for no character. */
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
     * Returns the dialect that options of Spark's CSV reader describe; options that do not concern the dialect are
     * ignored.
     *
     * @throws IllegalArgumentException if an option has an invalid value; the message begins with the option's name
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
     * Returns the name of the encoding that options choose.
     *
     * @throws IllegalArgumentException if there is no such encoding
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

    /**
     * Whether, in this encoding, a line ends at each byte with the value of a line feed, whatever the bytes around it.
     */
    public static boolean isByLine(String charset) {
        Charset known = Charset.forName(charset);
        byte[] lineFeed = known.canEncode() ? "\n".getBytes(known) : new byte[0];
        return lineFeed.length == 1 && lineFeed[0] == '\n' && !known.name().startsWith("ISO-2022");
    }

    /**
     * Parses a boolean option.
     *
     * @throws IllegalArgumentException if the value is neither true nor false
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
