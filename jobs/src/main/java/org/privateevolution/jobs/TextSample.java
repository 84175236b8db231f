package org.privateevolution.jobs;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Some texts from all over a data set, wrapped for a terminal. */
final class TextSample {

    private static final int TEXTS = 5;
    private static final int LINES = 6;
    private static final int COLUMNS = 78;

    private TextSample() {}

    /** @param labelColumn empty if there is none */
    static String of(Dataset<Row> data, String column, String labelColumn) {
        List<Row> rows = data.collectAsList();
        int shown = Math.min(TEXTS, rows.size());
        StringBuilder sample = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            Row row = rows.get((int) ((long) i * rows.size() / shown));
            String label = labelColumn.isEmpty() ? "" : " (" + row.getAs(labelColumn) + ")";
            sample.append("Synthetic text ").append(i + 1).append(label).append(System.lineSeparator());
            sample.append(wrapped(row.getAs(column)));
        }
        return sample.toString();
    }

    static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder();
        int count = 0;
        // Control characters could move a terminal's cursor.
        for (String word : text.replaceAll("\\p{Cc}", " ").strip().split(" +")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > COLUMNS) {
                count++;
                if (count == LINES) {
                    return lines.append("  ")
                            .append(line)
                            .append(" ...")
                            .append(System.lineSeparator())
                            .toString();
                }
                lines.append("  ").append(line).append(System.lineSeparator());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        return lines.append("  ").append(line).append(System.lineSeparator()).toString();
    }
}
