package org.privateevolution.spark.discovery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.Adjacency;

/**
 * What to look at, and what it may cost.
 *
 * @param format as in {@code private_data.format}: of tables
 * @param location path, or name of a table
 * @param options as in {@code private_data.options}
 * @param columns names of those to look at, in order; empty for all that the source declares
 * @param clientColumn the client id for the client unit; empty for the record unit
 * @param epsilon of the release, greater than 0
 * @param delta of the release, thresholds included, greater than 0, less than 1
 * @param ledger of the data set; null for the default beside the data
 * @param output folder of the draft and of what makes it resumable
 */
public record DiscoveryRequest(
        String format,
        String location,
        Map<String, String> options,
        List<String> columns,
        String clientColumn,
        double epsilon,
        double delta,
        Adjacency adjacency,
        String ledger,
        String output) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public DiscoveryRequest {
        options = Map.copyOf(options);
        columns = List.copyOf(columns);
    }

    /**
     * The request as a run declares it, whose columns take everything, so that data, ledger and options are checked, read
     * and named as a run's.
     *
     * @param names of the columns
     * @throws org.privateevolution.config.ConfigurationException if a run could not be so
     */
    RunSpec spec(Collection<String> names) {
        ObjectNode root = JSON.createObjectNode().put("name", "discovery");
        ObjectNode data = root.putObject("private_data").put("format", format);
        data.put(format.equals("table") ? "table" : "path", location);
        if (!options.isEmpty()) {
            ObjectNode given = data.putObject("options");
            options.forEach(given::put);
        }
        ObjectNode privacy = root.putObject("privacy")
                .put("epsilon", epsilon)
                .put("delta", delta)
                .put("adjacency", adjacency.configName());
        if (ledger != null) {
            privacy.put("ledger", ledger);
        }
        if (!clientColumn.isEmpty()) {
            data.put("client_column", clientColumn);
            privacy.put("unit", "client");
        }
        ArrayNode declared = root.putObject("tabular").putArray("columns");
        for (String name : names) {
            ObjectNode column = declared.addObject().put("name", name).put("type", "string");
            column.putArray("categories").add("any");
            column.put("other", "any");
        }
        root.putObject("output").put("path", output);
        return RunConfiguration.parse(root.toString(), "discovery", List.of());
    }
}
