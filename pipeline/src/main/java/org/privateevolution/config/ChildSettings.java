package org.privateevolution.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.privateevolution.constraint.ClientConstraints;
import org.privateevolution.model.ChildDeclaration;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.Constraint;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.SetColumn;

/** The settings of one child table of clients. */
final class ChildSettings extends Group<ChildDeclaration> {

    private static final List<String> FORMATS = List.of("parquet", "csv", "json", "orc");

    /** A folder and the beginning of column names in SQL. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    final Setting<String> name = required("name", Text.of("string"), ChildDeclaration::name)
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
                    Words.texts(FORMATS.toArray(String[]::new)),
                    null,
                    child -> child.isApart() ? child.format() : null)
            .otherwise("`private_data.format`")
            .means("Format of these files, read with `private_data.options` if it is the same format.");
    final Setting<String> key = optional(
                    "key", Text.of("column name"), null, child -> child.isApart() ? child.key() : null)
            .otherwise("`private_data.client_column`")
            .means("Column with the client that a row belongs to.");
    final Setting<Integer> rows = optional(
                    "rows",
                    Whole.between(1, ChildTable.MOST_ROWS),
                    null,
                    child -> child.knowsRows() ? child.rows() : null)
            .otherwise("found by `tabular.discover`; required without it")
            .means("Largest number of rows of a client that count. If a client has more, the first ones count if"
                    + " `tabular.children[].order` is given, otherwise a random choice of them.");
    final Setting<String> order = optional(
                    "order",
                    Text.of("column name"),
                    null,
                    child -> child.order().isEmpty() ? null : child.order())
            .means("Column of numbers, dates or timestamps that orders a client's rows: what a row is like then depends"
                    + " on the row before. One ordered child table holds time series.");
    final Setting<List<Constraint>> constraints = optional(
                    "constraints",
                    Listed.any(new ConstraintType(), "list of conditions"),
                    List.of(),
                    ChildDeclaration::constraints)
            .means("[Constraints](constraints.md#clients-with-child-tables) that every row of the table obeys, such as"
                    + " `gross = net + tax`. They name columns of this table only, and are public.");
    final Setting<List<String>> examine = optional(
                    "examine",
                    Listed.distinct(Text.of("column name"), "list of column names"),
                    List.of(),
                    ChildDeclaration::examined)
            .otherwise("all that the files declare; of one wide table, those that are no columns of the client;"
                    + " required for `json`")
            .means("With `tabular.discover`: names of the table's columns to examine, if `tabular.children[].columns`"
                    + " is left out.");
    final TabularSettings.ColumnSettings columns =
            mountList("columns", new TabularSettings.ColumnSettings(), ChildSettings::declaredOrNull);

    private static List<DeclaredColumn> declaredOrNull(ChildDeclaration child) {
        return child.knowsColumns() ? child.columns() : null;
    }

    /**
     * @param root names of the root columns that are declared
     * @param locale of names and addresses that are made up
     * @param data null if the private data are declared wrongly, which has been noted as a problem
     * @param discovers whether what is left out is to be found
     * @return null if a setting is wrong, which has been noted as a problem
     */
    ChildDeclaration read(
            Section section, Set<String> root, String locale, RunSpec.PrivateData data, boolean discovers) {
        String given = section.get(name);
        if (given != null && !NAME.matcher(given).matches()) {
            section.conflict(
                    name, "'" + given + "' is not allowed: use letters, digits and _, and begin with a letter");
        }
        List<DeclaredColumn> declared = discovers && !section.has(columns) ? List.of() : declared(section);
        if (!discovers) {
            section.require(
                    rows,
                    "declare the largest number of rows of a client that count, or set tabular.discover: {} to have the"
                            + " run find it");
            section.refuse(examine, "it has no effect without tabular.discover; remove it");
        }
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
        if (discovers) {
            section.refuse(
                    constraints,
                    "it is not allowed with tabular.discover, as tabular.constraints are not; remove one of the two");
            checkExamined(section, declared, read, own);
        }
        Map<String, String> options =
                read.equals(data.format()) ? data.options() : ReaderOptions.withDefaults(read, Map.of());
        return section.make(order, () -> {
            ChildDeclaration child = new ChildDeclaration(
                    given,
                    section.has(path) ? section.get(path) : "",
                    section.has(path) ? read : "",
                    section.has(path) ? options : Map.of(),
                    own,
                    declared,
                    locale,
                    section.has(rows) ? section.get(rows) : 0,
                    section.has(order) ? section.get(order) : "",
                    section.get(constraints),
                    section.get(examine));
            if (child.knowsColumns()) {
                // Refuses an order that the columns do not have, with or without a number of rows.
                child.with(declared, 1);
            }
            return child;
        });
    }

    /** Checks the constraints of a table, of which everything else is sound. */
    void checkConstraints(Section section, ChildTable table) {
        TabularSettings.problems(ClientConstraints.reader(table), table.constraints())
                .forEach(problem -> section.problem(constraints, problem.rule(), problem.message()));
    }

    private void checkExamined(Section section, List<DeclaredColumn> declared, String read, String own) {
        if (!declared.isEmpty()) {
            section.refuse(examine, "the columns are declared: remove one of the two");
            return;
        }
        if (read.equals("json")) {
            section.require(
                    examine,
                    "required for json, whose columns are named only by its records: list the columns to examine");
        }
        List<String> examined = section.get(examine);
        if (examined == null || examined.isEmpty()) {
            return;
        }
        if (examined.contains(own)) {
            section.conflict(examine, own + " is the key, which is made up; remove it there");
        }
        if (section.has(order) && !examined.contains(section.get(order))) {
            section.conflict(
                    order, "'" + section.get(order) + "' is not one of the columns to examine: add it to examine");
        }
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
        if (LearntColumn.among(declared).isEmpty()) {
            section.problem(
                    columns, "all are made up: declare at least one column that is learnt from the private data");
            return null;
        }
        return declared;
    }
}
