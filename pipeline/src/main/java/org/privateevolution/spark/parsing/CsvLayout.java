package org.privateevolution.spark.parsing;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.privateevolution.model.CsvDialect;

/**
 * Where the wanted columns stand in a CSV file.
 *
 * @param fields number of fields of each record
 * @param positions of the wanted columns; -1 for one that the names of folders hold
 * @param constants values of the latter
 */
public record CsvLayout(int fields, List<Integer> positions, List<String> constants) implements Serializable {

    /** What files are likely to be separated by. */
    public static final List<String> SEPARATORS = List.of(",", ";", "\t", "|");

    /**
     * Finds the wanted columns by their names.
     *
     * @param header of the file
     * @param folders columns that stand in the names of the file's folders, with their values
     * @throws UnsoundRecordException if one is not there, or there twice; names of columns are public
     */
    static CsvLayout of(CsvDialect dialect, List<String> header, List<String> wanted, Map<String, String> folders) {
        List<Integer> positions = new ArrayList<>();
        List<String> constants = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        for (String column : wanted) {
            int position = header.indexOf(column);
            if (position != header.lastIndexOf(column)) {
                throw new UnsoundRecordException(
                        "column " + column + " stands more than once in the header: name its columns differently");
            }
            if (position < 0 && !folders.containsKey(column)) {
                missing.add(column);
            }
            positions.add(position);
            constants.add(folders.get(column));
        }
        if (!missing.isEmpty()) {
            throw new UnsoundRecordException(missing(dialect, header, wanted, missing));
        }
        return new CsvLayout(header.size(), positions, constants);
    }

    private static String missing(CsvDialect dialect, List<String> header, List<String> wanted, Set<String> missing) {
        String what = "no column " + String.join(", ", missing) + " in the header";
        if (!dialect.header()) {
            return "no column " + String.join(", ", missing) + ": without a header they are _c0 to _c"
                    + (header.size() - 1);
        }
        if (missing.stream().anyMatch(column -> header.contains("'" + column + "'"))) {
            return what + ": its fields seem to be quoted by single quotes: set options.quote to \"'\"";
        }
        for (String separator : SEPARATORS) {
            if (header.size() == 1
                    && header.get(0) != null
                    && List.of(header.get(0).split(Pattern.quote(separator), -1)).stream()
                            .anyMatch(wanted::contains)) {
                return what + ": it seems to be separated by '" + written(separator) + "': set options.sep to that";
            }
        }
        List<String> names = header.stream().filter(Objects::nonNull).toList();
        // Without a header these would be values, of which none is quoted but for its case.
        String first = missing.iterator().next();
        return what
                + SimilarName.hint(
                        first, names.stream().filter(first::equalsIgnoreCase).toList())
                + ": if it has no header, set options.header to false and name the columns _c0, _c1, ...";
    }

    public static String written(String separator) {
        return separator.equals("\t") ? "\\t" : separator;
    }

    /**
     * The wanted values of a record.
     *
     * @throws UnsoundRecordException if it has another number of fields
     */
    String[] values(List<String> record) {
        if (record.size() != fields) {
            throw new UnsoundRecordException(
                    "it has another number of fields than the header: check options.sep and options.quote,"
                            + " and quote fields that hold the separator");
        }
        String[] values = new String[positions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = positions.get(i) < 0 ? constants.get(i) : record.get(positions.get(i));
        }
        return values;
    }
}
