package org.privateevolution.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.UndeclaredValueException;

/**
 * Where the declared columns stand in a row of {@link PrivateSource}, and how to read them.
 *
 * @param label null if the run has no labels
 * @param clientColumn empty for the record unit
 */
record PrivateColumns(List<Column> features, CategoricalColumn label, String clientColumn) implements Serializable {

    static PrivateColumns of(RunSpec spec) {
        RunSpec.Labels labels = spec.labels();
        CategoricalColumn label = labels.column().isEmpty()
                ? null
                : new CategoricalColumn(labels.column(), labels.type(), labels.names(), false, null);
        return new PrivateColumns(
                spec.tabular().schema().columns(), label, spec.privateData().clientColumn());
    }

    /** Names in row order. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        features.forEach(column -> names.add(column.name()));
        if (label != null) {
            names.add(label.name());
        }
        if (!clientColumn.isEmpty() && !names.contains(clientColumn)) {
            names.add(clientColumn);
        }
        return names;
    }

    /**
     * The features of a row.
     *
     * @throws UndeclaredValueException if a value is outside its column's declaration
     */
    TableRow features(Row row) {
        double[] codes = new double[features.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = features.get(i).encode(row.get(i));
        }
        return new TableRow(codes);
    }

    /**
     * The label index of a row; 0 if the run has no labels.
     *
     * @throws UndeclaredValueException if the label was not declared
     */
    int label(Row row) {
        if (label == null) {
            return 0;
        }
        try {
            return (int) label.encode(row.get(features.size()));
        } catch (UndeclaredValueException e) {
            throw new UndeclaredValueException("column '" + label.name()
                    + "': a private label is null or not in labels.values: add it there, or remove such records");
        }
    }

    /**
     * The client id of a row.
     *
     * @throws UndeclaredValueException if it is null
     */
    Object client(Row row) {
        Object client = row.get(row.fieldIndex(clientColumn));
        if (client == null) {
            throw new UndeclaredValueException("column '" + clientColumn
                    + "': a private record has no client id: fill it in, or remove such records");
        }
        return client;
    }

    /**
     * Refuses a record that could not be read.
     *
     * @throws UndeclaredValueException if {@link SoundRecords} found it so
     */
    void requireSound(Row row) {
        int problem = row.size() - 1;
        if (!row.isNullAt(problem)) {
            throw new UndeclaredValueException(row.getString(problem));
        }
    }
}
