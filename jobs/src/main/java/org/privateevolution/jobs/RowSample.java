package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A sample of a table's rows, as wide as the terminal. */
final class RowSample {

    private static final int ROWS = 10;
    private static final int CHARACTERS = 20;

    private RowSample() {}

    /** @param first name of the column to show first; empty for any order */
    static String of(Dataset<Row> data, String first) {
        List<String> columns = new ArrayList<>(Arrays.asList(data.columns()));
        if (columns.remove(first)) {
            columns.add(0, first);
        }
        List<Row> rows = data.collectAsList();
        int shown = Math.min(ROWS, rows.size());
        List<Row> sample = IntStream.range(0, shown)
                .mapToObj(i -> rows.get((int) ((long) i * rows.size() / shown)))
                .toList();
        int fitting = columns.size();
        while (fitting > 1 && table(sample, columns.subList(0, fitting)).width() > LineWidth.ofPages()) {
            fitting--;
        }
        List<String> left = columns.subList(fitting, columns.size());
        return table(sample, columns.subList(0, fitting))
                + (left.isEmpty() ? "" : WrappedText.message("and the columns " + String.join(", ", left), 2));
    }

    private static TextTable table(List<Row> rows, List<String> columns) {
        TextTable table = new TextTable().row(columns.toArray(String[]::new));
        for (Row row : rows) {
            table.row(columns.stream()
                    .map(column -> cut(String.valueOf((Object) row.getAs(column))))
                    .toArray(String[]::new));
        }
        return table;
    }

    private static String cut(String text) {
        return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS - 3) + "...";
    }
}
