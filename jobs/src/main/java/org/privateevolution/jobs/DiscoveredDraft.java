package org.privateevolution.jobs;

import static org.privateevolution.jobs.DraftFrame.quoted;

import java.util.Locale;
import java.util.Optional;
import org.privateevolution.spark.discovery.Discovery;
import org.privateevolution.spark.discovery.DiscoveryRequest;
import org.privateevolution.spark.discovery.DraftColumns;

/** Drafts a configuration from the release of a discovery. The guarantee of the release covers the draft. */
final class DiscoveredDraft {

    private DiscoveredDraft() {}

    static String yaml(DiscoveryRequest request, Discovery.Result result) {
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
                        Optional.of(result.ledger()),
                        !request.clientColumn().isEmpty(),
                        Optional.of(request.adjacency().configName()))
                .yaml());
        text.append(DraftColumns.tabular(result.table().columns()));
        text.append(DraftColumns.children(result.children(), result.tables().children()));
        return text.append(result.children().isEmpty() ? DraftFrame.CONSTRAINTS : "")
                .append(frame.rows())
                .toString();
    }
}
