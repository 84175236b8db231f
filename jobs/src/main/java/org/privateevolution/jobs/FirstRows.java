package org.privateevolution.jobs;

import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The beginning of a table, for people. */
final class FirstRows {

    private static final int ROWS = 10;
    private static final int CHARACTERS = 24;

    private FirstRows() {}

    static TextTable of(Dataset<Row> data) {
        TextTable table = new TextTable().row(data.columns());
        for (Row row : data.takeAsList(ROWS)) {
            String[] cells = new String[row.size()];
            Arrays.setAll(cells, i -> cut(String.valueOf(row.get(i))));
            table.row(cells);
        }
        return table;
    }

    private static String cut(String text) {
        return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS - 3) + "...";
    }
}
