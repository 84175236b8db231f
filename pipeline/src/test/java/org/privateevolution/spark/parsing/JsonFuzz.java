package org.privateevolution.spark.parsing;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.privateevolution.fuzz.FuzzTarget;
import org.privateevolution.fuzz.Refusals;

/**
 * JSON, by line and as a whole, is read or refused, with nothing of it in the message; lines that are read alone are
 * read alike in a file.
 */
public final class JsonFuzz implements FuzzTarget {

    private static final JsonSyntax SYNTAX =
            new JsonSyntax(JsonObjects.factory(Map.of()), List.of("a", "b.c", "größe"));

    @Override
    public List<byte[]> seeds() {
        return FuzzTarget.texts(
                "{\"a\": 1, \"b.c\": \"x\", \"größe\": null}\n{\"a\": 1.50}\n",
                "[{\"a\": [1, {\"d\": 2}]}, {\"other\": {\"a\": 3}}]",
                "{'a': NaN}\n\n{\"a\": -0.0e-10, \"a2\": true}",
                "{\"a\": \"\\ud83d\\ude80\\u0000\", \"b.c\": \"\\\\\"}",
                "[[{}]]",
                "{\"a\": 1} {\"a\": 2}");
    }

    @Override
    public void read(byte[] input) throws IOException {
        String text = Refusals.marked(new String(input, StandardCharsets.UTF_8));
        List<List<String>> whole = readWhole(text);
        List<List<String>> lines = readLines(text);
        if (whole != null && lines != null) {
            Refusals.require(whole.equals(lines), "lines read differently than the file: " + whole + lines);
        }
    }

    private static List<List<String>> readWhole(String text) throws IOException {
        List<List<String>> records = new ArrayList<>();
        try {
            TextSyntax.Records file = SYNTAX.ofFile(new StringReader(text), Map.of());
            String[] values = file.next();
            while (values != null) {
                records.add(Arrays.asList(values));
                values = file.next();
            }
            return records;
        } catch (UnsoundRecordException e) {
            Refusals.requireSilent(e.getMessage(), text);
            return null;
        }
    }

    private static List<List<String>> readLines(String text) throws IOException {
        List<List<String>> records = new ArrayList<>();
        TextSyntax.Lines lines = SYNTAX.ofLines(true, Map.of());
        for (String line : text.split("\n", -1)) {
            try {
                String[] values = lines.record(line);
                if (values != null) {
                    records.add(Arrays.asList(values));
                }
            } catch (UnsoundRecordException e) {
                Refusals.requireSilent(e.getMessage(), text);
                return null;
            }
        }
        return records;
    }
}
