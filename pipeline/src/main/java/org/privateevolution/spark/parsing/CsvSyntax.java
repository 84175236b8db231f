package org.privateevolution.spark.parsing;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.privateevolution.model.CsvDialect;

/**
 * CSV files. In files that are read whole, columns are found by each file's own header.
 *
 * @param quoteDeclared whether the options declare the quote character
 * @param first header of the first file; null if all files are empty
 */
record CsvSyntax(CsvDialect dialect, boolean quoteDeclared, List<String> wanted, List<String> first)
        implements TextSyntax {

    /** Names of a file's columns, from its header or numbered; null if the file is empty. */
    static List<String> header(CsvDialect dialect, CsvParser parser) throws IOException {
        List<String> fields = parser.next();
        if (fields == null) {
            return null;
        }
        if (dialect.header()) {
            return new ArrayList<>(fields);
        }
        List<String> numbered = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            numbered.add("_c" + i);
        }
        return numbered;
    }

    @Override
    public Records ofFile(Reader file, Map<String, String> folders) throws IOException {
        CsvParser parser = new CsvParser(dialect, file);
        List<String> header = dialect.header() ? header(dialect, parser) : first;
        if (header == null) {
            return () -> null;
        }
        CsvLayout layout = CsvLayout.of(dialect, header, wanted, folders);
        List<SingleQuotes> others = otherQuotes();
        return () -> {
            String[] values = values(parser, layout, others);
            if (values == null) {
                requireOneReading(others, true);
            }
            return values;
        };
    }

    /** The other readings to rule out, for both ways of escaping single quotes. */
    private List<SingleQuotes> otherQuotes() {
        return quoteDeclared ? List.of() : List.of(new SingleQuotes(dialect, '\''), new SingleQuotes(dialect, '\\'));
    }

    private static void requireOneReading(List<SingleQuotes> others, boolean whole) {
        if (others.stream().anyMatch(other -> other.fit(whole))) {
            throw new UnsoundRecordException("its fields seem to be quoted by single quotes, with line breaks between"
                    + " them: set options.quote to \"'\", or to '\"' if single quotes are text in this file");
        }
    }

    /**
     * Reads lines of files that may be split. Only one task sees the header of a split file, so all files must have the
     * same header.
     */
    @Override
    public Lines ofLines(boolean fromStart, Map<String, String> folders) {
        if (first == null) {
            return line -> null;
        }
        CsvLayout layout = CsvLayout.of(dialect, first, wanted, folders);
        List<SingleQuotes> others = otherQuotes();
        return new Lines() {
            private boolean headerToCome = fromStart && dialect.header();

            @Override
            public String[] record(String line) throws IOException {
                CsvParser parser = new CsvParser(dialect, line);
                if (headerToCome) {
                    headerToCome = !isHeader(parser);
                    return null;
                }
                return values(parser, layout, others);
            }

            @Override
            public void end() {
                requireOneReading(others, false);
            }
        };
    }

    private boolean isHeader(CsvParser parser) throws IOException {
        List<String> header = header(dialect, parser);
        if (header != null && !header.equals(first)) {
            throw new UnsoundRecordException("its files have different headers: give them one, or set options.multiLine"
                    + " to true, which finds the columns of each file by their names");
        }
        return header != null;
    }

    private static String[] values(CsvParser parser, CsvLayout layout, List<SingleQuotes> others) throws IOException {
        List<String> fields = parser.next();
        if (fields == null) {
            return null;
        }
        String[] values = layout.values(fields);
        others.forEach(other -> other.look(fields, parser));
        return values;
    }
}
