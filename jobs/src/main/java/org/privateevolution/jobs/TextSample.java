package org.privateevolution.jobs;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A sample of the texts in a data set, wrapped for a terminal. */
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

    private static String wrapped(String text) {
        // Control characters could move a terminal's cursor.
        List<String> lines = WrappedText.lines(text.replaceAll("\\p{Cc}", " ").strip(), COLUMNS);
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(LINES, lines.size()); i++) {
            String more = i == LINES - 1 && lines.size() > LINES ? " ..." : "";
            shown.append("  ").append(lines.get(i)).append(more).append(System.lineSeparator());
        }
        return shown.toString();
    }
}
