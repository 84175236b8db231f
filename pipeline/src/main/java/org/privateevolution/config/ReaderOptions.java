package org.privateevolution.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.privateevolution.model.CsvDialect;

/**
 * The reader options that are allowed for private files. All others are refused: some of Spark's options silently drop
 * records, or read several records as one, and the guarantee holds per record of the files.
 */
public final class ReaderOptions {

    private static final Set<String> LISTING = Set.of("pathGlobFilter", "recursiveFileLookup");

    private static final Set<String> CSV = Set.of(
            "header",
            "sep",
            "delimiter",
            "quote",
            "escape",
            "nullValue",
            "emptyValue",
            "ignoreLeadingWhiteSpace",
            "ignoreTrailingWhiteSpace",
            "multiLine",
            "encoding",
            "charset");

    private static final Set<String> JSON = Set.of(
            "multiLine",
            "encoding",
            "charset",
            "allowSingleQuotes",
            "allowUnquotedFieldNames",
            "allowNumericLeadingZeros",
            "allowNonNumericNumbers",
            "allowBackslashEscapingAnyCharacter");

    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "csv",
            CSV,
            "json",
            JSON,
            "parquet",
            Set.of("mergeSchema", "basePath", "datetimeRebaseMode", "int96RebaseMode"),
            "orc",
            Set.of("mergeSchema", "basePath"),
            "delta",
            Set.of("versionAsOf", "timestampAsOf"));

    private static final String DROPS = "it may silently leave records out";
    private static final String MERGES = "one record could be read as several, or several as one";

    private static final Map<String, String> REASONS = reasons();

    private ReaderOptions() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : List.of(
                "comment",
                "mode",
                "ignoreCorruptFiles",
                "ignoreMissingFiles",
                "maxMalformedLogPerPartition",
                "allowComments",
                "skipLines")) {
            reasons.put(name, DROPS);
        }
        for (String name : List.of(
                "lineSep",
                "unescapedQuoteHandling",
                "charToEscapeQuoteEscaping",
                "allowUnquotedControlChars",
                "wholetext",
                "rowTag")) {
            reasons.put(name, MERGES);
        }
        for (String name : List.of("modifiedBefore", "modifiedAfter")) {
            reasons.put(name, "one record more changes the time of its file, and with it whether all others are read");
        }
        for (String name : List.of("maxColumns", "maxCharsPerColumn")) {
            reasons.put(name, "there is no such limit");
        }
        for (String name : List.of(
                "inferSchema",
                "enforceSchema",
                "columnPruning",
                "columnNameOfCorruptRecord",
                "samplingRatio",
                "dateFormat",
                "timestampFormat",
                "timestampNTZFormat",
                "enableDateTimeParsingFallback",
                "locale",
                "timeZone",
                "nanValue",
                "positiveInf",
                "negativeInf",
                "preferDate",
                "primitivesAsString",
                "prefersDecimal",
                "dropFieldIfAllNull")) {
            reasons.put(name, "values are read as texts, and then as their columns are declared");
        }
        reasons.put("compression", "the end of a file's name says how it is compressed");
        return reasons;
    }

    /**
     * Checks options.
     *
     * @param format csv, json, parquet, orc or delta; other formats have no options
     * @return one sentence per problem, which begins with the option's name; empty if there is no problem
     */
    public static List<String> problems(String format, Map<String, String> options) {
        Set<String> allowed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        allowed.addAll(ALLOWED.getOrDefault(format, Set.of()));
        if (!allowed.isEmpty() && !format.equals("delta")) {
            allowed.addAll(LISTING);
        }
        List<String> problems = new ArrayList<>();
        for (String name : new TreeSet<>(options.keySet())) {
            if (!allowed.contains(name)) {
                problems.add(name + " is not allowed: " + reason(format, name, allowed));
            }
        }
        if (problems.isEmpty()) {
            try {
                read(format, options);
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        return problems;
    }

    private static String reason(String format, String name, Set<String> allowed) {
        if (name.toLowerCase(Locale.ROOT).startsWith("fs.")) {
            return "options are published: set spark.hadoop." + name + " in Spark's configuration";
        }
        String known = REASONS.get(name);
        if (known != null) {
            return known + ": remove it";
        }
        return allowed.isEmpty()
                ? "the format " + format + " has no options: remove it"
                : "must be one of " + String.join(", ", allowed) + "; did you mean " + NearestKey.of(name, allowed)
                        + "?";
    }

    private static void read(String format, Map<String, String> options) {
        if (format.equals("csv")) {
            CsvDialect.of(options);
        }
        if (format.equals("json")) {
            Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            given.putAll(options);
            for (String name : JSON) {
                if (!name.equals("encoding") && !name.equals("charset")) {
                    CsvDialect.truth(name, given, false);
                }
            }
            String charset = CsvDialect.charset(options);
            if (!CsvDialect.truth("multiLine", given, false) && !CsvDialect.isByLine(charset)) {
                throw new IllegalArgumentException("encoding: lines of " + charset
                        + " cannot be told apart by their bytes: set multiLine to true, or write the file as UTF-8");
            }
        }
    }

    /** Adds the defaults: a CSV file has a header, and quoted fields may hold line breaks. */
    public static Map<String, String> withDefaults(String format, Map<String, String> options) {
        Map<String, String> complete = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (format.equals("csv")) {
            complete.put("header", "true");
            complete.put("multiLine", "true");
        }
        complete.putAll(options);
        return Map.copyOf(complete);
    }

    /** Returns the options that determine which files are read. */
    public static Map<String, String> listing(Map<String, String> options) {
        Map<String, String> listing = new TreeMap<>();
        LISTING.forEach(name -> options.forEach((given, value) -> {
            if (name.equalsIgnoreCase(given)) {
                listing.put(name, value);
            }
        }));
        return listing;
    }
}
