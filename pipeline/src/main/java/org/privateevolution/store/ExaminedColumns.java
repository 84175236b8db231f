package org.privateevolution.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns that the discovery of a run examines, as the source declared them then. They decide what a cell of the
 * release stands for, so they are recorded before the release is charged.
 *
 * @param columns in the order in which the source declared them
 */
public record ExaminedColumns(List<Column> columns) {

    private static final String COLUMNS = "columns";
    private static final String NAME = "name";
    private static final String TYPE = "type";

    /** @param type the declared type; empty for one that no column can be declared with */
    public record Column(String name, String type) {}

    public ExaminedColumns {
        columns = List.copyOf(columns);
    }

    /**
     * The record of an earlier start; empty if there is none.
     *
     * @param child name of the child table; empty for the root table, or the only one
     */
    public static Optional<ExaminedColumns> read(RunFiles files, String child) {
        return files.read(file(child)).map(text -> {
            StoredObject stored = StoreJson.parseDocument(text, files.location() + "/" + file(child));
            return new ExaminedColumns(stored.objects(COLUMNS).stream()
                    .map(column -> new Column(column.text(NAME), column.text(TYPE)))
                    .toList());
        });
    }

    private static String file(String child) {
        return child.isEmpty() ? "examined.json" : "examined-" + child + ".json";
    }

    /** Records this, in place of what a start recorded that made no release. */
    public void write(RunFiles files, String child) {
        ObjectNode document = StoreJson.document();
        ArrayNode list = document.putArray(COLUMNS);
        columns.forEach(column -> list.addObject().put(NAME, column.name()).put(TYPE, column.type()));
        files.write(file(child), StoreJson.pretty(document));
    }

    /**
     * What is different now.
     *
     * @param now the columns as the source declares them now, in any order
     * @return a phrase that follows the name of the data and names a column; empty if nothing is
     */
    public Optional<String> change(ExaminedColumns now) {
        List<String> changes = new ArrayList<>();
        for (Column column : columns) {
            Optional<Column> same = now.named(column.name());
            if (same.isEmpty()) {
                changes.add("has no column " + column.name() + ", which it had");
            } else if (!same.get().type().equals(column.type())) {
                changes.add("declares another type for the column " + column.name() + " than");
            }
        }
        now.columns.stream()
                .filter(column -> named(column.name()).isEmpty())
                .forEach(column -> changes.add("has a column " + column.name() + ", which it did not have"));
        return changes.stream().findFirst();
    }

    private Optional<Column> named(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
