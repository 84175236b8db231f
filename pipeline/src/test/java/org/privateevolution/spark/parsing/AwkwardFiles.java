package org.privateevolution.spark.parsing;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Writes random records, of every character that readers stumble over, as CSV and JSON: a writer of its own. */
final class AwkwardFiles {

    private static final List<String> PIECES = List.of(
            "a",
            "B",
            "7",
            "é",
            "漢",
            "\uD83D\uDE00",
            " ",
            "  ",
            "\t",
            ",",
            ";",
            "|",
            ":",
            "::",
            "\"",
            "\"\"",
            "'",
            "\\",
            "\\\\",
            "\\\"",
            "\\n",
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "\u2028",
            "\u0085",
            "\uFEFF",
            "\0",
            "#",
            "//",
            "--",
            "=",
            "NA",
            "\\N",
            "null",
            "{",
            "}",
            "[",
            "]",
            "\",\"",
            "\"\n\"");

    private static final int LONG = 20_000;

    private final SplittableRandom random;

    AwkwardFiles(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * Some records.
     *
     * @return each with so many values, of which some are null
     */
    List<List<String>> records(int columns) {
        List<List<String>> records = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            String[] values = new String[columns];
            for (int j = 0; j < columns; j++) {
                values[j] = random.nextInt(8) == 0 ? null : value();
            }
            records.add(Arrays.asList(values));
        }
        return records;
    }

    private String value() {
        if (random.nextInt(200) == 0) {
            return "long \"\n".repeat(LONG);
        }
        StringBuilder value = new StringBuilder();
        int pieces = random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            value.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return value.toString();
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Options of a reader, of which those that it is not given have their defaults. */
    Map<String, String> csvOptions(boolean multiLine) {
        Map<String, String> options = new TreeMap<>();
        options.put("multiLine", String.valueOf(multiLine));
        options.put("header", String.valueOf(random.nextInt(4) > 0));
        options.put("sep", any(List.of(",", ",", ";", "\\t", "|", "::", "\u0001")));
        options.put("quote", any(List.of("\"", "\"", "\"", "'")));
        if (random.nextBoolean()) {
            options.put("escape", any(List.of("\\", options.get("quote"))));
        }
        if (random.nextBoolean()) {
            options.put("nullValue", any(List.of("NA", "\\N", "")));
        }
        if (random.nextInt(3) == 0) {
            options.put("ignoreLeadingWhiteSpace", "true");
        }
        if (random.nextInt(3) == 0) {
            options.put("ignoreTrailingWhiteSpace", "true");
        }
        options.put("encoding", any(multiLine ? List.of("UTF-8", "UTF-8", "UTF-16", "UTF-32LE") : List.of("UTF-8")));
        return options;
    }

    /** A CSV file, and the records that it can hold: a line with nothing in it is none. */
    record Csv(byte[] bytes, List<List<String>> records) {}

    /**
     * Writes records by RFC 4180, in the dialect of the options; fields are quoted where they must be, or at random.
     */
    Csv csv(List<String> header, List<List<String>> records, Map<String, String> options) {
        String lineEnd =
                options.get("multiLine").equals("true") ? any(List.of("\n", "\r\n", "\r")) : any(List.of("\n", "\r\n"));
        List<String> lines = new ArrayList<>();
        List<List<String>> written = new ArrayList<>();
        boolean always = random.nextBoolean();
        if (options.get("header").equals("true")) {
            lines.add(line(header, options, always));
        }
        for (List<String> record : records) {
            String line = line(record, options, always || lines.isEmpty());
            if (!line.isEmpty()) {
                lines.add(line);
                written.add(record);
            }
        }
        StringBuilder text =
                new StringBuilder(options.get("encoding").equals("UTF-8") && random.nextBoolean() ? "\uFEFF" : "");
        for (int i = 0; i < lines.size(); i++) {
            text.append(lines.get(i)).append(i < lines.size() - 1 || random.nextBoolean() ? lineEnd : "");
            if (random.nextInt(20) == 0 && i < lines.size() - 1) {
                text.append(lineEnd);
            }
        }
        return new Csv(text.toString().getBytes(Charset.forName(options.get("encoding"))), written);
    }

    private String line(List<String> values, Map<String, String> options, boolean always) {
        List<String> fields = new ArrayList<>();
        for (String value : values) {
            fields.add(field(value, options, always));
        }
        return String.join(options.get("sep").replace("\\t", "\t"), fields);
    }

    private String field(String value, Map<String, String> options, boolean always) {
        String nothing = options.getOrDefault("nullValue", "");
        if (value == null) {
            return nothing;
        }
        String quote = options.get("quote");
        String escape = options.getOrDefault("escape", quote);
        boolean must = value.isEmpty()
                || value.equals(nothing)
                || value.contains(quote)
                || value.indexOf('\n') >= 0
                || value.indexOf('\r') >= 0
                || !value.equals(value.replaceAll("^[ \t\uFEFF]+|[ \t]+$", ""));
        for (char part : options.get("sep").replace("\\t", "\t").toCharArray()) {
            must |= value.indexOf(part) >= 0;
        }
        if (!must && !always && random.nextBoolean()) {
            return value;
        }
        String inside = escape.equals(quote) ? value : value.replace(escape, escape + escape);
        return quote + inside.replace(quote, escape + quote) + quote;
    }

    /**
     * Writes records as JSON: one object per line, or objects and arrays of objects with line breaks where JSON allows
     * them.
     */
    String json(List<String> keys, List<List<String>> records, boolean multiLine) {
        List<String> objects = new ArrayList<>();
        String space = multiLine ? any(List.of("", "\n", "\r\n  ", "\t")) : any(List.of("", " "));
        for (List<String> record : records) {
            List<String> entries = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                String value = record.get(i);
                entries.add(space + jsonText(keys.get(i)) + ":" + space + (value == null ? "null" : jsonText(value)));
            }
            if (random.nextBoolean()) {
                entries.add("\"more\":" + any(List.of("1.50", "[{},{}]", "{\"a\":[1,\"}\"]}", "\"\\n\"", "true")));
            }
            objects.add("{" + String.join(",", entries) + space + "}");
        }
        String lineEnd = any(List.of("\n", "\r\n"));
        if (multiLine && random.nextBoolean()) {
            return "[" + String.join("," + space, objects) + "]" + lineEnd;
        }
        return String.join(lineEnd, objects) + (random.nextBoolean() ? lineEnd : "");
    }

    private String jsonText(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (char character : value.toCharArray()) {
            if (character == '"' || character == '\\') {
                text.append('\\').append(character);
            } else if (character < ' ' || !Character.isSurrogate(character) && random.nextInt(10) == 0) {
                text.append("\\u%04x".formatted((int) character));
            } else {
                text.append(character);
            }
        }
        return text.append('"').toString();
    }
}
