package org.privateevolution.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.privateevolution.model.MetricValue;

/**
 * Reads and writes metrics as comma-separated values with a header (RFC 4180, except that lines end with a line feed).
 */
public final class MetricsCsv {

    static final String HEADER = "iteration,label,metric,value,inside_guarantee";

    private MetricsCsv() {}

    /** Writes the header and one line per metric. */
    public static void write(List<MetricValue> metrics, Appendable out) throws IOException {
        out.append(HEADER).append('\n');
        for (MetricValue metric : metrics) {
            out.append(Integer.toString(metric.iteration()))
                    .append(',')
                    .append(field(metric.label()))
                    .append(',')
                    .append(field(metric.metric()))
                    .append(',')
                    .append(Double.toString(metric.value()))
                    .append(',')
                    .append(Boolean.toString(metric.insideGuarantee()))
                    .append('\n');
        }
    }

    /**
     * Reads what {@link #write} has written. Columns after the known ones are ignored: a later version may add some.
     *
     * @throws IllegalArgumentException if the text has another format; the message names the line
     */
    public static List<MetricValue> read(String csv) {
        List<List<String>> rows = rows(csv);
        if (rows.isEmpty() || !String.join(",", rows.get(0)).startsWith(HEADER)) {
            throw new IllegalArgumentException("the first line is not " + HEADER);
        }
        List<MetricValue> metrics = new ArrayList<>();
        for (int i = 1; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            try {
                metrics.add(new MetricValue(
                        Integer.parseInt(row.get(0)),
                        row.get(1),
                        row.get(2),
                        Double.parseDouble(row.get(3)),
                        Boolean.parseBoolean(row.get(4))));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException("row " + (i + 1) + " is no metric", e);
            }
        }
        return metrics;
    }

    private static List<List<String>> rows(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"';
                if (doubled) {
                    field.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                field.append(c);
            }
        }
        return rows;
    }

    /** A field as it is written, quoted if necessary. */
    public static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
