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
 * The sections that drafts for tables, texts and images share: private data, privacy and output.
 *
 * @param format as in {@code private_data.format}
 * @param location path, URI or name of the private data
 * @param options as in {@code private_data.options}
 * @param epsilon of one run
 * @param ledger path or URI
 * @param output path or URI
 * @param client column that tells clients apart, who are then the privacy unit; empty if it is the record
 */
record DraftFrame(
        String format,
        String location,
        Map<String, String> options,
        double epsilon,
        String ledger,
        String output,
        String client) {

    /** Proposed epsilon of one run. */
    static final double EPSILON = 1;

    /** Closes the section {@code tabular} of a draft, which cannot know of rules. */
    static final String CONSTRAINTS = "  # Do you know rules that all rows obey? Declare them (docs/constraints.md):\n"
            + "  # constraints: [began <= ended, city DETERMINES country]\n";

    private static final double DELTA = 1e-6;

    /** A frame with the proposed values. */
    static DraftFrame of(String format, String location, Map<String, String> options) {
        String name = name(format, location);
        String ledger = DefaultLedger.of(format, location).orElse("out/ledgers/" + name);
        return new DraftFrame(format, location, options, EPSILON, ledger, "out/" + name, "");
    }

    DraftFrame withEpsilon(double other) {
        return new DraftFrame(format, location, options, other, ledger, output, client);
    }

    DraftFrame withLedger(String other) {
        return new DraftFrame(format, location, options, epsilon, other, output, client);
    }

    DraftFrame withOutput(String other) {
        return new DraftFrame(format, location, options, epsilon, ledger, other, client);
    }

    /** The same data, whose unit is the client. */
    DraftFrame withClient(String column) {
        return new DraftFrame(format, location, options, epsilon, ledger, output, column);
    }

    /**
     * The name of the data: the last part of their location, without the extension, in characters allowed in file
     * names.
     */
    String name() {
        return name(format, location);
    }

    private static String name(String format, String location) {
        String last = location.replaceAll("/+$", "").replaceAll("^.*/", "");
        String stem = format.equals("table") ? last : last.replaceAll("\\.[^.]*$", "");
        return stem.replaceAll("[^A-Za-z0-9._-]", "-");
    }

    /** The section {@code private_data}, as one line. */
    String privateData() {
        StringBuilder text = new StringBuilder("private_data: {format: ").append(format);
        text.append(", ").append(namedBy()).append(": ").append(quoted(location));
        if (!client.isEmpty()) {
            text.append(", client_column: ").append(quoted(client));
        }
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

    /** The section {@code privacy}. It names the ledger only if that is not the ledger a run uses by default. */
    String privacy() {
        boolean byDefault = DefaultLedger.of(format, location).equals(Optional.of(ledger));
        return new PrivacySection(
                        epsilon,
                        DELTA,
                        byDefault ? Optional.empty() : Optional.of(ledger),
                        !client.isEmpty(),
                        Optional.empty())
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
