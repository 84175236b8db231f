package org.privateevolution.spark.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.MixedRecord;
import org.privateevolution.model.Modality;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.SetColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.model.Text;
import org.privateevolution.model.UndeclaredValueException;

/**
 * Where the declared columns stand in a row of {@link PrivateSource}, and how to read them. A record's content is a row
 * of features, a text, both of them, an image, or a vector that was computed before.
 *
 * @param features columns of a table; empty if the content has no row of features
 * @param others columns of a text, or the single column of the image or vector; empty if the content is a row of
 *     features alone
 * @param labels the label columns, if there are any
 * @param clientColumn empty if the privacy unit is the record
 */
public record PrivateColumns(List<LearntColumn> features, List<String> others, LabelColumns labels, String clientColumn)
        implements Serializable {

    private static final String BETWEEN_TEXTS = "\n\n";

    public static PrivateColumns of(RunSpec spec) {
        return of(
                spec,
                spec.modality().table().map(TableSchema::declared).orElse(List.of()),
                spec.modality().content().map(Modality.Content::columns).orElse(List.of()));
    }

    /** The columns of records whose vectors stand in a column. */
    public static PrivateColumns ofVectors(RunSpec spec, String vectorColumn) {
        return of(spec, List.of(), List.of(vectorColumn));
    }

    private static PrivateColumns of(RunSpec spec, List<LearntColumn> features, List<String> others) {
        return new PrivateColumns(
                features, others, spec.labels().columns(), spec.privateData().clientColumn());
    }

    /** Names of the columns, in the order of a row. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        features.forEach(column -> names.add(column.name()));
        names.addAll(others);
        names.addAll(labels.columnNames());
        if (!clientColumn.isEmpty() && !names.contains(clientColumn)) {
            names.add(clientColumn);
        }
        return names;
    }

    /** The columns with declared types: features and labels. */
    List<LearntColumn> typed() {
        List<LearntColumn> typed = new ArrayList<>(features);
        typed.addAll(labels.columns());
        return typed;
    }

    /** Index of the client id in a row; -1 if the privacy unit is the record. */
    public int clientIndex() {
        return clientColumn.isEmpty() ? -1 : names().indexOf(clientColumn);
    }

    /**
     * Reads the features of a row.
     *
     * @throws UndeclaredValueException if a value is outside its column's declaration
     */
    public TableRow features(Row row) {
        double[] codes =
                new double[features.stream().mapToInt(LearntColumn::width).sum()];
        int at = 0;
        for (int i = 0; i < features.size(); i++) {
            LearntColumn column = features.get(i);
            column.encode(column instanceof SetColumn ? SetValue.of(row.get(i)) : row.get(i), codes, at);
            at += column.width();
        }
        return new TableRow(codes);
    }

    /**
     * Reads the row of features, the text, or both, of a row.
     *
     * @throws UndeclaredValueException if a value is outside its declaration
     */
    public Payload payload(Row row) {
        if (features.isEmpty()) {
            return text(row);
        }
        return others.isEmpty() ? features(row) : new MixedRecord(features(row), text(row));
    }

    /**
     * Reads the text of a row. Several columns are joined; those that are null count as empty.
     *
     * @throws UndeclaredValueException if all are null, or one is not a string
     */
    public Text text(Row row) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            Object value = row.get(features.size() + i);
            if (value instanceof CharSequence part) {
                parts.add(part.toString());
            } else if (value != null) {
                throw new UndeclaredValueException("column '" + others.get(i) + "': a text is not a string, but a "
                        + value.getClass().getSimpleName());
            }
        }
        if (parts.isEmpty()) {
            throw new UndeclaredValueException("column '" + String.join("', '", others)
                    + "': a private text is null: remove such records, or fill them in");
        }
        return new Text(String.join(BETWEEN_TEXTS, parts));
    }

    /**
     * The label index of a row; 0 if the run has no labels.
     *
     * @throws UndeclaredValueException if the label is not declared
     */
    public int label(Row row) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < labels.columns().size(); i++) {
            values.add(row.get(features.size() + others.size() + i));
        }
        return labels.label(values);
    }

    /**
     * The client id of a row.
     *
     * @throws UndeclaredValueException if it is null
     */
    public Object client(Row row) {
        // Not by name: Spark may hand on rows without a schema.
        Object client = row.get(clientIndex());
        if (client == null) {
            throw new UndeclaredValueException("column '" + clientColumn
                    + "': a private record has no client id: fill it in, or remove such records");
        }
        return client;
    }

    /**
     * Refuses a record that could not be read.
     *
     * @throws UndeclaredValueException if {@link SoundRecords} marked the record as unreadable
     */
    public void requireSound(Row row) {
        int problem = row.size() - 1;
        if (!row.isNullAt(problem)) {
            throw new UndeclaredValueException(row.getString(problem));
        }
    }
}
