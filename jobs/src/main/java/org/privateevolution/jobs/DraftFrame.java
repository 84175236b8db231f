package org.privateevolution.jobs;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.privateevolution.config.DefaultLedger;
import org.privateevolution.model.RunSpec;

/**
 * The parts that first configurations of tables, texts and images share: private data, privacy and output.
 *
 * @param format as in {@code private_data.format}
 * @param location path, URI or name of the private data
 * @param options as in {@code private_data.options}
 * @param epsilon of one run
 * @param ledger path or URI
 * @param output path or URI
 */
record DraftFrame(
        String format, String location, Map<String, String> options, double epsilon, String ledger, String output) {

    /** Proposed for one run. */
    static final double EPSILON = 1;

    private static final double DELTA = 1e-6;

    /** With what is proposed. */
    static DraftFrame of(String format, String location, Map<String, String> options) {
        String name = name(format, location);
        String ledger = DefaultLedger.of(format, location).orElse("out/ledgers/" + name);
        return new DraftFrame(format, location, options, EPSILON, ledger, "out/" + name);
    }

    DraftFrame withEpsilon(double other) {
        return new DraftFrame(format, location, options, other, ledger, output);
    }

    DraftFrame withLedger(String other) {
        return new DraftFrame(format, location, options, epsilon, other, output);
    }

    DraftFrame withOutput(String other) {
        return new DraftFrame(format, location, options, epsilon, ledger, other);
    }

    /** What the data are called: the end of their location, without extension, in characters of a file's name. */
    String name() {
        return name(format, location);
    }

    private static String name(String format, String location) {
        String last = location.replaceAll("/+$", "").replaceAll("^.*/", "");
        String stem = format.equals("table") ? last : last.replaceAll("\\.[^.]*$", "");
        return stem.replaceAll("[^A-Za-z0-9._-]", "-");
    }

    /** The section {@code private_data}, one line. */
    String privateData() {
        StringBuilder text = new StringBuilder("private_data: {format: ").append(format);
        text.append(", ").append(namedBy()).append(": ").append(quoted(location));
        if (!options.isEmpty()) {
            List<String> entries = new ArrayList<>();
            new TreeMap<>(options).forEach((name, value) -> entries.add(quoted(name) + ": " + quoted(value)));
            text.append(", options: {").append(String.join(", ", entries)).append('}');
        }
        return text.append("}\n").toString();
    }

    private String namedBy() {
        return switch (format) {
            case "table" -> "table";
            case RunSpec.PrivateData.DATA_FRAME -> "name";
            default -> "path";
        };
    }

    /** The section {@code privacy}. The ledger is named where a run would not take this one by default. */
    String privacy() {
        boolean byDefault = DefaultLedger.of(format, location).equals(Optional.of(ledger));
        return PrivacySection.of(epsilon, DELTA)
                .withLedger(byDefault ? Optional.empty() : Optional.of(ledger))
                .yaml();
    }

    /** The section {@code output} of a table. */
    String rows() {
        return "output: {path: " + quoted(output) + ", rows: 1000}    # more rows cost no privacy\n";
    }

    /** The section {@code output} of anything else. */
    String samples() {
        return "output: {path: " + quoted(output) + "}\n";
    }

    /** A JSON string, which is a YAML string. */
    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
