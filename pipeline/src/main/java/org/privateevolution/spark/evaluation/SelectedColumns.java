package org.privateevolution.spark.evaluation;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.privateevolution.spark.session.Columns;

/** Selects columns of a table in a given order. */
final class SelectedColumns {

    private SelectedColumns() {}

    static Dataset<Row> of(Dataset<Row> table, List<String> names) {
        return table.select(names.stream().map(Columns::named).toArray(Column[]::new));
    }
}
