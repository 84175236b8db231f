package org.privateevolution.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.Column;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.GeneratedColumns;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.SetColumn;
import org.privateevolution.model.TableSchema;

/** The settings of one child table of clients. */
final class ChildSettings extends Group<ChildTable> {

    private static final Set<String> FORMATS = Set.of("parquet", "csv", "json", "orc");

    /** A folder and the beginning of column names in SQL. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    /** Far more rows of one client than any noise would let through. */
    private static final int MOST_ROWS = 1_000;

    final Setting<String> name = required("name", Text.of("string"), ChildTable::name)
            .means("Name of the child table: letters, digits and `_`. Its rows are published in `children/NAME`, and"
                    + " its columns are called `NAME_COLUMN` in the report.");
    final Setting<String> path = optional(
                    "path", Text.location(), null, child -> child.isApart() ? child.location() : null)
            .otherwise(
                    "the rows of `private_data` are those of this table, and `tabular.columns` are the same in all rows"
                            + " of a client")
            .means("Where the private rows of the table are.");
    final Setting<String> format = optional(
                    "format",
                    Words.texts("parquet", "csv", "json", "orc"),
                    null,
                    child -> child.isApart() ? child.format() : null)
            .otherwise("`private_data.format`")
            .means("Format of these files, read with `private_data.options` if it is the same format.");
    final Setting<String> key = optional(
                    "key", Text.of("column name"), null, child -> child.isApart() ? child.key() : null)
            .otherwise("`private_data.client_column`")
            .means("Column with the client that a row belongs to.");
    final Setting<Integer> rows = required("rows", Whole.between(1, MOST_ROWS), ChildTable::most)
            .means("Largest number of rows of a client that count. If a client has more, the first ones count if"
                    + " `tabular.children[].order` is given, otherwise a random choice of them.");
    final Setting<String> order = optional(
                    "order", Text.of("column name"), null, child -> child.ordered() ? child.order() : null)
            .means("Column of numbers, dates or timestamps that orders a client's rows: what a row is like then depends"
                    + " on the row before. One ordered child table holds time series.");
    final TabularSettings.ColumnSettings columns =
            mountList("columns", new TabularSettings.ColumnSettings(), ChildTable::declared);

    /**
     * @param root names of the root columns
     * @param locale of names and addresses that are made up
     * @param data null if the private data are declared wrongly, which has been noted as a problem
     * @return null if a setting is wrong, which has been noted as a problem
     */
    ChildTable read(Section section, Set<String> root, String locale, RunSpec.PrivateData data) {
        String given = section.get(name);
        if (given != null && !NAME.matcher(given).matches()) {
            section.conflict(
                    name, "'" + given + "' is not allowed: use letters, digits and _, and begin with a letter");
        }
        List<DeclaredColumn> declared = declared(section);
        if (data == null || declared == null) {
            return null;
        }
        String own = section.has(key) ? section.get(key) : data.clientColumn();
        for (DeclaredColumn column : declared) {
            if (column.name().equals(own)) {
                section.problem(columns, own + " is not allowed: it is the key, which is made up; remove it there");
            } else if (!section.has(path) && root.contains(column.name())) {
                section.problem(
                        columns,
                        column.name() + " is one of tabular.columns, too: a column belongs to the client or to the row;"
                                + " keep one of them");
            }
        }
        if (!section.has(path)) {
            section.refuse(format, "it has no effect without path; remove it");
            section.refuse(key, "it has no effect without path: the key is private_data.client_column; remove it");
        }
        String read = format(section, data);
        Map<String, String> options =
                read.equals(data.format()) ? data.options() : ReaderOptions.withDefaults(read, Map.of());
        return section.make(
                order,
                () -> new ChildTable(
                        given,
                        section.has(path) ? section.get(path) : "",
                        section.has(path) ? read : "",
                        section.has(path) ? options : Map.of(),
                        own,
                        new TableSchema(learnt(declared)),
                        GeneratedColumns.among(declared, locale),
                        section.get(rows),
                        section.has(order) ? section.get(order) : ""));
    }

    private String format(Section section, RunSpec.PrivateData data) {
        String chosen = section.has(format) && section.get(format) != null ? section.get(format) : data.format();
        if (section.has(path) && !FORMATS.contains(chosen)) {
            section.missing(format, "private_data.format is " + data.format() + ", but child tables are files");
        }
        return chosen;
    }

    /** Null if there is none, or a declaration is wrong, which has been noted as a problem. */
    private List<DeclaredColumn> declared(Section section) {
        List<Section> entries = section.openList(columns);
        if (entries == null || entries.isEmpty()) {
            section.missing(columns, "declare at least one column");
            return null;
        }
        List<DeclaredColumn> declared = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section entry : entries) {
            DeclaredColumn column = columns.read(entry);
            if (column instanceof SetColumn) {
                entry.conflict(columns.type, "is a set, which child tables cannot have: declare a boolean per member");
            } else if (column != null) {
                declared.add(column);
            }
            if (column != null && !names.add(column.name().toLowerCase(Locale.ROOT))) {
                entry.conflict(columns.name, column.name() + " is a duplicate, compared without case");
            }
        }
        if (declared.size() < entries.size()) {
            return null;
        }
        if (learnt(declared).isEmpty()) {
            section.problem(
                    columns, "all are made up: declare at least one column that is learnt from the private data");
            return null;
        }
        return declared;
    }

    private static List<Column> learnt(List<DeclaredColumn> declared) {
        return declared.stream()
                .filter(Column.class::isInstance)
                .map(Column.class::cast)
                .toList();
    }
}
