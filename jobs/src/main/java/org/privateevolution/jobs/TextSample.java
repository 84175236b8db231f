package org.privateevolution.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A sample of the texts in a data set, wrapped for a terminal. */
final class TextSample {

    private static final int TEXTS = 5;
    private static final int LINES = 6;
    private static final int COLUMNS = 78;

    private TextSample() {}

    /** @param labelColumns columns whose values are shown with each text */
    static String of(Dataset<Row> data, String column, List<String> labelColumns) {
        return of(data, column, row -> labelColumns.stream()
                .map(label -> String.valueOf((Object) row.getAs(label)))
                .collect(Collectors.joining(", ")));
    }

    /** Shows each text with the other columns of its record. */
    static String ofRecords(Dataset<Row> data, String column) {
        List<String> others = Arrays.stream(data.columns())
                .filter(name -> !name.equals(column))
                .toList();
        return of(data, column, row -> others.stream()
                .map(name -> name + ": " + row.getAs(name))
                .collect(Collectors.joining(", ")));
    }

    private static String of(Dataset<Row> data, String column, Function<Row, String> heading) {
        List<Row> rows = data.collectAsList();
        int shown = Math.min(TEXTS, rows.size());
        StringBuilder sample = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            Row row = rows.get((int) ((long) i * rows.size() / shown));
            sample.append("Synthetic text ").append(i + 1);
            String words = heading.apply(row);
            if (!words.isEmpty()) {
                sample.append(" (").append(words).append(')');
            }
            sample.append(System.lineSeparator());
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
