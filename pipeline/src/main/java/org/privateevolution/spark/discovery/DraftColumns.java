package org.privateevolution.spark.discovery;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.TellingName;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.GeneratedColumn;

/**
 * Writes discovered columns as sections of a configuration, with remarks for its reader. A draft and a run that
 * discovers its columns both take them from this text.
 */
public final class DraftColumns {

    private DraftColumns() {}

    /** The section {@code tabular}. Its list is empty if nothing was found. */
    public static String tabular(List<DiscoveredColumn> columns) {
        StringBuilder text = new StringBuilder("tabular:\n  columns:\n");
        for (DiscoveredColumn column : columns) {
            if (!column.leftOut()) {
                append(text, column);
            } else if (TellingName.of(column.name()).isPresent()) {
                text.append("    - {name: ").append(quoted(column.name())).append(", type: ");
                text.append(TellingName.of(column.name()).get().configName());
                text.append("}    # by its name: made up, and never read from the private data\n");
            }
        }
        leftOut(columns).forEach(column -> text.append("  # left out: ")
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

    private static void append(StringBuilder text, DiscoveredColumn column) {
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
        // Always nullable: the noise may hide a few nulls, which a run would otherwise refuse.
        text.append(", nullable: true}");
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
                + (column.nullable()
                        ? String.format(Locale.ROOT, "about %.1f %% nulls", 100 * column.nulls())
                        : "no nulls visible through the noise");
        text.append("    # ").append(note).append('\n');
    }

    /** A JSON string, which is a YAML string. */
    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
