package org.privateevolution.spark.discovery;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.privateevolution.config.DeclaredText;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.DiscoveredTables;
import org.privateevolution.discovery.TellingName;
import org.privateevolution.model.ChildDeclaration;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.GeneratedColumn;

/**
 * Writes discovered columns as sections of a configuration, with remarks for its reader. A draft and a run that
 * discovers its columns both take them from this text.
 */
public final class DraftColumns {

    private DraftColumns() {}

    /** The section {@code tabular}. Its list is empty if nothing was found. */
    public static String tabular(List<DiscoveredColumn> columns) {
        return tabular(List.of(), columns);
    }

    /** @param declared columns that are declared, in place of discovered ones */
    static String tabular(List<DeclaredColumn> declared, List<DiscoveredColumn> columns) {
        return "tabular:\n  columns:\n" + columns(declared, columns, "");
    }

    /**
     * The list of child tables in the section {@code tabular}; empty if there is none.
     *
     * @param declared as the configuration declares them
     * @param found what was discovered of each
     */
    public static String children(List<ChildDeclaration> declared, List<DiscoveredTables.Child> found) {
        if (declared.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("  children:\n");
        for (int child = 0; child < declared.size(); child++) {
            ChildDeclaration table = declared.get(child);
            text.append("    - name: ").append(table.name()).append('\n');
            if (table.isApart()) {
                text.append("      path: ").append(quoted(table.location())).append('\n');
                text.append("      format: ").append(table.format()).append('\n');
                text.append("      key: ").append(quoted(table.key())).append('\n');
            }
            append(text, table, found.get(child).rows());
            if (!table.order().isEmpty()) {
                text.append("      order: ").append(quoted(table.order())).append('\n');
            }
            text.append("      columns:\n");
            text.append(columns(table.columns(), found.get(child).columns(), table.order())
                    .indent(4));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, ChildDeclaration table, OptionalInt found) {
        if (table.knowsRows()) {
            text.append("      rows: ").append(table.rows()).append('\n');
        } else if (found.isPresent()) {
            text.append("      rows: ").append(found.getAsInt()).append("    # ");
            text.append(why(found.getAsInt())).append('\n');
        } else {
            text.append("      # rows: no number is visible through the noise\n");
        }
    }

    /** Why so many rows of a client are to count. */
    static String why(int rows) {
        return rows == ChildTable.MOST_ROWS
                ? "the most that can count; more clients than 2 % may have more"
                : "about 98 % of the clients with rows have no more";
    }

    /** @param order name of the column that orders rows, and therefore has no nulls */
    private static String columns(List<DeclaredColumn> declared, List<DiscoveredColumn> found, String order) {
        StringBuilder text = new StringBuilder();
        DeclaredText.of(declared)
                .forEach(column -> text.append("    - ").append(column).append("    # as declared\n"));
        if (!declared.isEmpty()) {
            return text.toString();
        }
        for (DiscoveredColumn column : found) {
            if (!column.leftOut()) {
                append(text, column, !column.name().equals(order));
            } else if (TellingName.of(column.name()).isPresent()) {
                text.append("    - {name: ").append(quoted(column.name())).append(", type: ");
                text.append(TellingName.of(column.name()).get().configName());
                text.append("}    # by its name: made up, and never read from the private data\n");
            }
        }
        leftOut(found).forEach(column -> text.append("  # left out: ")
                .append(quoted(column.name()))
                .append(", ")
                .append(column.note())
                .append('\n'));
        return text.toString();
    }

    /** The section {@code labels} of a column with categories. */
    static String labels(DiscoveredColumn column) {
        return "labels:\n  column: " + quoted(column.name()) + "\n"
                + (column.type().equals("boolean") ? "  type: boolean\n" : "")
                + "  values: " + categories(column) + "\n"
                + (column.other().isEmpty() ? "" : "  other: " + quoted(column.other()) + "\n");
    }

    /** The columns that are neither learnt nor made up. */
    static List<DiscoveredColumn> leftOut(List<DiscoveredColumn> columns) {
        return columns.stream()
                .filter(column ->
                        column.leftOut() && TellingName.of(column.name()).isEmpty())
                .toList();
    }

    private static String categories(DiscoveredColumn column) {
        boolean bare = column.type().equals("boolean");
        return column.categories().stream()
                .map(category -> bare ? category : quoted(category))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static void append(StringBuilder text, DiscoveredColumn column, boolean nullable) {
        text.append("    - {name: ").append(quoted(column.name())).append(", type: ");
        text.append(column.type().contains(",") ? quoted(column.type()) : column.type());
        if (!column.categories().isEmpty()) {
            text.append(", categories: ").append(categories(column));
        }
        if (!column.other().isEmpty()) {
            text.append(", other: ").append(quoted(column.other()));
        }
        if (!column.min().isEmpty()) {
            text.append(", min: ").append(column.min()).append(", max: ").append(column.max());
            text.append(", out_of_range: clamp");
        }
        if (column.decimals() >= 0) {
            text.append(", decimals: ").append(column.decimals());
        }
        if (!column.special().isEmpty()) {
            text.append(", special: [")
                    .append(String.join(", ", column.special()))
                    .append(']');
        }
        // Nullable wherever there may be nulls: the noise may hide a few, which a run would otherwise refuse.
        text.append(nullable ? ", nullable: true}" : "}");
        String note = column.note();
        boolean whole = !column.min().isEmpty()
                && ColumnType.parse(column.type()).kind().integral();
        if (whole
                && TellingName.of(column.name())
                        .filter(GeneratedColumn.Kind.ID::equals)
                        .isPresent()) {
            note += (note.isEmpty() ? "" : "; ") + "if it identifies records, write {name: " + quoted(column.name())
                    + ", type: id} instead";
        }
        note += (note.isEmpty() ? "" : "; ")
                + (!nullable
                        ? "orders the rows: no nulls"
                        : column.nullable()
                                ? String.format(Locale.ROOT, "about %.1f %% nulls", 100 * column.nulls())
                                : "no nulls visible through the noise");
        text.append("    # ").append(note).append('\n');
    }

    /** A JSON string, which is a YAML string. */
    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
