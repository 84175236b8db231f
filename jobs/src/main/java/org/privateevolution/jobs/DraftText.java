package org.privateevolution.jobs;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What drafts of configurations have in common. */
final class DraftText {

    private DraftText() {}

    /** A JSON string, which is a YAML string. */
    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    /** The line {@code private_data}, up to its brace. */
    static String privateData(String format, String location, Map<String, String> options) {
        String line = "private_data: {format: " + format + ", " + (format.equals("table") ? "table" : "path") + ": "
                + quoted(location);
        if (options.isEmpty()) {
            return line;
        }
        List<String> entries = new ArrayList<>();
        new TreeMap<>(options).forEach((name, value) -> entries.add(quoted(name) + ": " + quoted(value)));
        return line + ", options: {" + String.join(", ", entries) + "}";
    }

    /** The last lines, with a folder that is named for the data. */
    static String output(String format, String location) {
        return "output: {path: " + quoted("out/" + shortName(format, location))
                + ", rows: 1000}    # any number: more rows cost no privacy\n";
    }

    /** The last part of a location, without the extension of a file. */
    static String shortName(String format, String location) {
        String last = location.replaceAll("/+$", "").replaceAll("^.*/", "");
        String stem = format.equals("table") ? last : last.replaceAll("\\.[^.]*$", "");
        return stem.replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
