package org.privateevolution.spark.parsing;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.privateevolution.fuzz.Choice;
import org.privateevolution.fuzz.FuzzTarget;
import org.privateevolution.fuzz.Refusals;
import org.privateevolution.model.CsvDialect;

/**
 * CSV in a dialect that the first byte chooses is read or refused, with nothing of it in the message. Fields that were
 * read are read again after they are written by RFC 4180; and if no field has a line break, lines read alone as they do
 * in a file.
 */
public final class CsvFuzz implements FuzzTarget {

    private static final String[] SEPARATORS = {",", ";", "\t", "||"};
    private static final char[] QUOTES = {'"', '\'', CsvDialect.NONE, '"'};
    private static final List<String> WANTED = List.of("a", "b");

    @Override
    public List<byte[]> seeds() {
        return List.of(
                seed(0, "a,b\n1,2\n\"x, \"\"y\"\"\",\"line\nbreak\"\n,\"\"\n"),
                seed(1, "b;c;a\r\n1;2;3\r\n4;5;6\r\n"),
                seed(2, "a\tb\r1\t2\r3\t'4'\r"),
                seed(0b100, "a,b\n'it''s',2\n"),
                seed(0b1010000, "a,b\n \"x\\\"\" , y \n"),
                seed(3, "a||b||b\n1||2||3\n"),
                seed(0b1100, "a,b\nsay \"hi,2\n"));
    }

    private static byte[] seed(int dialect, String text) {
        return new Choice(dialect, text.getBytes(StandardCharsets.UTF_8)).input();
    }

    @Override
    public void read(byte[] input) throws IOException {
        Choice chosen = Choice.of(input);
        if (chosen == null) {
            return;
        }
        int choice = chosen.number();
        char quote = QUOTES[choice >> 2 & 3];
        boolean backslash = (choice & 1 << 4) != 0;
        CsvDialect dialect = new CsvDialect(
                true,
                SEPARATORS[choice & 3],
                quote,
                backslash ? '\\' : quote,
                "",
                "",
                (choice & 1 << 5) != 0,
                (choice & 1 << 6) != 0,
                true,
                "UTF-8");
        String text = Refusals.marked(new String(chosen.content(), StandardCharsets.UTF_8));
        readColumns(dialect, text, (choice & 1 << 7) != 0);
        List<List<String>> records = readRecords(dialect, text);
        if (records != null) {
            requireSameWhenWritten(records);
            if (text.indexOf('\r') < 0 && records.stream().flatMap(List::stream).noneMatch(CsvFuzz::hasBreak)) {
                requireSameByLine(dialect, text, records);
            }
        }
    }

    private static boolean hasBreak(String field) {
        return field != null && (field.indexOf('\n') >= 0 || field.indexOf('\r') >= 0);
    }

    private static void readColumns(CsvDialect dialect, String text, boolean quoteDeclared) throws IOException {
        try {
            TextSyntax.Records records =
                    new CsvSyntax(dialect, quoteDeclared, WANTED, WANTED).ofFile(new StringReader(text), Map.of());
            String[] values = records.next();
            while (values != null) {
                Refusals.require(values.length == WANTED.size(), "so many values: " + values.length);
                values = records.next();
            }
        } catch (UnsoundRecordException e) {
            Refusals.requireSilent(e.getMessage(), text);
        }
    }

    /** Null if they are refused. */
    private static List<List<String>> readRecords(CsvDialect dialect, String text) throws IOException {
        List<List<String>> records = new ArrayList<>();
        CsvParser parser = new CsvParser(dialect, new StringReader(text));
        try {
            List<String> fields = parser.next();
            while (fields != null) {
                records.add(new ArrayList<>(fields));
                fields = parser.next();
            }
            return records;
        } catch (UnsoundRecordException e) {
            Refusals.requireSilent(e.getMessage(), text);
            return null;
        }
    }

    private static void requireSameWhenWritten(List<List<String>> records) throws IOException {
        StringBuilder written = new StringBuilder();
        for (List<String> record : records) {
            List<String> fields = new ArrayList<>();
            for (String field : record) {
                fields.add(field == null ? "" : '"' + field.replace("\"", "\"\"") + '"');
            }
            // A line with nothing in it is no record.
            written.append(fields.equals(List.of("")) ? "\"\"" : String.join(",", fields))
                    .append('\n');
        }
        CsvDialect plain = new CsvDialect(true, ",", '"', '"', "", "", false, false, true, "UTF-8");
        List<List<String>> again = readRecords(plain, written.toString());
        List<List<String>> expected = new ArrayList<>();
        for (List<String> record : records) {
            expected.add(record.size() == 1 && record.get(0) == null ? List.of("") : record);
        }
        Refusals.require(expected.equals(again), "read differently when written anew: " + written);
    }

    private static void requireSameByLine(CsvDialect dialect, String text, List<List<String>> records)
            throws IOException {
        CsvDialect byLine = new CsvDialect(
                true,
                dialect.separator(),
                dialect.quote(),
                dialect.escape(),
                "",
                "",
                dialect.trimStart(),
                dialect.trimEnd(),
                false,
                "UTF-8");
        List<List<String>> lines = new ArrayList<>();
        for (String line : Arrays.asList(text.split("\n", -1))) {
            List<String> fields;
            try {
                fields = new CsvParser(byLine, line).next();
            } catch (UnsoundRecordException e) {
                // A break within quotes that is trimmed away with them, or refused by lines only: never read
                // differently.
                return;
            }
            if (fields != null) {
                lines.add(new ArrayList<>(fields));
            }
        }
        Refusals.require(records.equals(lines), "lines read differently than the file: " + records + lines);
    }
}
