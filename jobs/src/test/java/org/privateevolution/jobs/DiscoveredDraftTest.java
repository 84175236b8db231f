package org.privateevolution.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.discovery.DiscoveredColumn;
import org.privateevolution.discovery.DiscoveredTable;
import org.privateevolution.discovery.DiscoveredTables;
import org.privateevolution.model.DeclaredColumn;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.spark.discovery.Discovery;
import org.privateevolution.spark.discovery.DiscoveryRequest;

class DiscoveredDraftTest {

    private static DiscoveredColumn leftOut(String name) {
        return new DiscoveredColumn(
                name, "", List.of(), "", "", "", -1, List.of(), 0.1, "values that few records share");
    }

    private static DiscoveredColumn number(String name, String type) {
        return new DiscoveredColumn(name, type, List.of(), "", "1", "900", -1, List.of(), 0.1, "");
    }

    @Test
    void whatIsLeftOutIsMadeUpIfItsNameSaysWhatItIs() {
        DiscoveryRequest request = new DiscoveryRequest(
                "csv", "in/people.csv", Map.of(), List.of(), "", 1, 1e-6, Adjacency.ADD_REMOVE, "ledger", "found");
        DiscoveredTable table = new DiscoveredTable(
                List.of(
                        leftOut("customer_id"),
                        number("age", "long"),
                        leftOut("E-Mail"),
                        leftOut("remark"),
                        number("store_id", "long"),
                        number("paid", "double")),
                1_000,
                10,
                80);

        String draft = DiscoveredDraft.yaml(
                request, new Discovery.Result(DiscoveredTables.of(table), List.of(), "ledger", false));

        RunSpec spec = RunConfiguration.parse(draft, "draft.yaml", List.of());
        assertThat(spec.tabular().declared())
                .extracting(DeclaredColumn::name)
                .containsExactly("customer_id", "age", "E-Mail", "store_id", "paid");
        assertThat(spec.tabular().generated().names()).containsExactly("customer_id", "E-Mail");
        assertThat(draft)
                .contains("# left out: \"remark\", values that few records share\n")
                .doesNotContain("# left out: \"customer_id\"");
        assertThat(draft.lines().filter(line -> line.contains("type: id} instead")))
                .singleElement()
                .asString()
                .contains("\"store_id\"");
    }
}
