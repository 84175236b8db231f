package org.privateevolution.spark.parsing;

import java.io.Serializable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.privateevolution.model.CsvDialect;

/**
 * Where the wanted columns stand in a CSV file.
 *
 * @param fields number of fields per record
 * @param places place of each wanted column
 */
public record CsvLayout(int fields, List<Place> places) implements Serializable {

    /**
     * Where a column stands: in the file, in the names of its folders, or in both.
     *
     * @param position index of the field in a record; -1 if the column is not in the file
     * @param inFolders whether the column is in the names of folders
     * @param folder the column's value in the names of folders; may be null
     */
    record Place(int position, boolean inFolders, String folder) implements Serializable {

        String value(List<String> record) {
            String value = position < 0 ? folder : record.get(position);
            if (inFolders && !Objects.equals(value, folder)) {
                throw new UnsoundRecordException("a column is in the file and, with another value, in the names of its"
                        + " folders: rename it in one of these places");
            }
            return value;
        }
    }

    /** Separators to expect in a CSV file. */
    public static final List<String> SEPARATORS = List.of(",", ";", "\t", "|");

    private static final List<String> RARE_SEPARATORS = List.of("||", "^", "~", "\u0001", ":", " ");

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Z}\\p{C}\"]+");

    /**
     * Finds the wanted columns by name.
     *
     * @param header header of the file
     * @param folders columns in the names of the file's folders, with their values
     * @throws UnsoundRecordException if a column is missing or occurs twice; names of columns are public
     */
    static CsvLayout of(CsvDialect dialect, List<String> header, List<String> wanted, Map<String, String> folders) {
        List<Place> places = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        for (String column : wanted) {
            int position = header.indexOf(column);
            if (position != header.lastIndexOf(column)) {
                throw new UnsoundRecordException(
                        "column " + column + " is more than once in the header: give its columns different names");
            }
            if (position < 0 && !folders.containsKey(column)) {
                missing.add(column);
            }
            places.add(new Place(position, folders.containsKey(column), folders.get(column)));
        }
        if (!missing.isEmpty()) {
            throw new UnsoundRecordException(missing(dialect, header, missing));
        }
        return new CsvLayout(header.size(), places);
    }

    private static String missing(CsvDialect dialect, List<String> header, Set<String> missing) {
        String what = "no column " + String.join(", ", missing) + " in the header";
        if (!dialect.header()) {
            return "no column " + String.join(", ", missing) + ": without a header they are _c0 to _c"
                    + (header.size() - 1);
        }
        if (missing.stream().anyMatch(column -> header.contains("'" + column + "'"))) {
            return what + ": its fields seem to be quoted by single quotes: set options.quote to \"'\"";
        }
        List<String> names = header.stream().filter(Objects::nonNull).toList();
        for (String separator : separators(header.size() == 1)) {
            if (!separator.equals(dialect.separator())
                    && names.stream().anyMatch(name -> parts(name, separator, missing))) {
                return what + ": it seems to be separated by '" + written(separator) + "': set options.sep to that";
            }
        }
        if (!names.isEmpty() && (names.get(0).startsWith("{") || names.get(0).startsWith("[{"))) {
            return what + ": it seems to be JSON: set private_data.format to json";
        }
        if (!names.isEmpty() && names.get(0).startsWith("<")) {
            return what + ": it seems to be a web page: a download may have needed a login";
        }
        if (!names.isEmpty() && names.get(0).startsWith("sep=")) {
            return what + ": its first line tells a spreadsheet the separator: remove it";
        }
        if (names.stream().anyMatch(name -> missing.contains(plain(name)))) {
            return what + ": it is there with blanks or invisible characters around it, or with its accents written in"
                    + " another form of Unicode: set options.ignoreLeadingWhiteSpace and ignoreTrailingWhiteSpace"
                    + " to true"
                    + " for blanks, or copy the name from the file";
        }
        // If there is no header, these names are values of the first record: only names that match but for case are
        // quoted.
        String first = missing.iterator().next();
        return what
                + SimilarName.hint(
                        first, names.stream().filter(first::equalsIgnoreCase).toList())
                + ": if it has no header, set options.header to false and name the columns _c0, _c1, ...; if"
                + " other lines"
                + " stand before it, take them out; if other files lie in the folder, set options.pathGlobFilter";
    }

    /**
     * Tries rare separators only if the header has a single field, because they also occur within names. Separators
     * that contain others come first.
     */
    private static List<String> separators(boolean oneField) {
        return oneField
                ? Stream.concat(RARE_SEPARATORS.stream(), SEPARATORS.stream()).toList()
                : SEPARATORS;
    }

    private static boolean parts(String name, String separator, Set<String> missing) {
        List<String> parts = List.of(name.split(Pattern.quote(separator), -1));
        return parts.size() > 1 && parts.containsAll(missing);
    }

    private static String plain(String name) {
        return Normalizer.normalize(INVISIBLE.matcher(name).replaceAll(" ").strip(), Normalizer.Form.NFC);
    }

    public static String written(String separator) {
        return separator.equals("\t") ? "\\t" : separator.equals("\u0001") ? "\\u0001" : separator;
    }

    /**
     * Picks the wanted values of a record.
     *
     * @throws UnsoundRecordException if the record has another number of fields than the header
     */
    String[] values(List<String> record) {
        if (record.size() == fields + 1 && record.get(fields) == null) {
            throw new UnsoundRecordException(
                    "it has one field more than the header: it ends with a separator, and the header does not:"
                            + " end the header with one, too");
        }
        if (record.size() != fields) {
            throw new UnsoundRecordException(
                    "the number of its fields differs from the header: check options.sep and options.quote,"
                            + " and quote fields that hold the separator");
        }
        return places.stream().map(place -> place.value(record)).toArray(String[]::new);
    }
}
