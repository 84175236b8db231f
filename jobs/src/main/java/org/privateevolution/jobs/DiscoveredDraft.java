package org.privateevolution.jobs;

import static org.privateevolution.jobs.DraftFrame.quoted;

import java.util.Locale;
import java.util.Optional;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.DiscoveredTable;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.GeneratedColumn;
import org.privateevolution.spark.discovery.DiscoveryRequest;

/** Drafts a configuration from the release of a discovery. The guarantee of the release covers the draft. */
final class DiscoveredDraft {

    private DiscoveredDraft() {}

    /** @param ledger ledger that the release was charged to */
    static String yaml(DiscoveryRequest request, DiscoveredTable table, String ledger) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                """
                # Drafted by `pe discover` with (%s, %s)-differential privacy (%s, per %s), charged to the ledger.
                # The draft may be shared like the synthetic data. Correct it by what you know about the columns.
                """,
                PrivacySection.plain(request.epsilon()),
                PrivacySection.small(request.delta()),
                request.adjacency().configName(),
                request.clientColumn().isEmpty() ? "record" : "client"));
        DraftFrame frame = DraftFrame.of(request.format(), request.location(), request.options());
        text.append("name: ").append(quoted(frame.name())).append('\n');
        String data = frame.privateData();
        text.append(data, 0, data.lastIndexOf('}'));
        if (!request.clientColumn().isEmpty()) {
            text.append(", client_column: ").append(quoted(request.clientColumn()));
        }
        text.append("}\n");
        text.append(new PrivacySection(
                        request.epsilon(),
                        request.delta(),
                        Optional.of(ledger),
                        !request.clientColumn().isEmpty(),
                        Optional.of(request.adjacency().configName()))
                .yaml());
        text.append("tabular:\n  columns:\n");
        for (DiscoveredColumn column : table.columns()) {
            if (!column.leftOut()) {
                append(text, column);
            } else if (TellingName.of(column.name()).isPresent()) {
                text.append("    - {name: ").append(quoted(column.name())).append(", type: ");
                text.append(TellingName.of(column.name()).get().configName());
                text.append("}    # by its name: made up, and never read from the private data\n");
            }
        }
        table.columns().stream().filter(DiscoveredDraft::isLeftOut).forEach(column -> text.append("  # left out: ")
                .append(quoted(column.name()))
                .append(", ")
                .append(column.note())
                .append('\n'));
        return text.append(frame.rows()).toString();
    }

    private static boolean isLeftOut(DiscoveredColumn column) {
        return column.leftOut() && TellingName.of(column.name()).isEmpty();
    }

    private static void append(StringBuilder text, DiscoveredColumn column) {
        text.append("    - {name: ").append(quoted(column.name())).append(", type: ");
        text.append(column.type().contains(",") ? quoted(column.type()) : column.type());
        if (!column.categories().isEmpty()) {
            boolean bare = column.type().equals("boolean");
            text.append(", categories: [");
            text.append(String.join(
                    ", ",
                    column.categories().stream()
                            .map(category -> bare ? category : quoted(category))
                            .toList()));
            text.append(']');
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
        if (!column.nullable()) {
            note += (note.isEmpty() ? "" : "; ") + "no nulls visible through the noise";
        }
        text.append(note.isEmpty() ? "\n" : "    # " + note + "\n");
    }
}
