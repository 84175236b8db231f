package org.privateevolution.evaluation;

import java.io.IOException;
import java.util.List;
import org.privateevolution.model.MetricValue;

/** Metrics as comma-separated values (RFC 4180, lines end with a line feed), the header first. */
public final class MetricsCsv {

    static final String HEADER = "iteration,label,metric,value,inside_guarantee";

    private MetricsCsv() {}

    /** Writes the header and one line a metric. */
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

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
