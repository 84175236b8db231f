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
 * Which data to discover, and at what cost of privacy.
 *
 * @param format a format of {@code private_data.format} for tables
 * @param location path, name of a table, or public name of a DataFrame
 * @param options as in {@code private_data.options}
 * @param columns names of the columns to look at, in order; empty for all that the source declares. With a child table
 *     without a location, those of the clients, which are the same in all rows of a client.
 * @param clientColumn column of the client id if the privacy unit is the client; empty if it is the record
 * @param epsilon epsilon of the release, greater than 0
 * @param delta delta of the release, thresholds included, between 0 and 1 (both exclusive)
 * @param ledger the data set's ledger; null for the default, beside the data
 * @param output folder of the draft and of the state that makes the discovery resumable
 * @param children child tables of the clients; empty if a record is a row
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
        String output,
        List<Child> children) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public DiscoveryRequest {
        options = Map.copyOf(options);
        columns = List.copyOf(columns);
        children = List.copyOf(children);
    }

    /** A request for a table without child tables. */
    public DiscoveryRequest(
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
        this(format, location, options, columns, clientColumn, epsilon, delta, adjacency, ledger, output, List.of());
    }

    /**
     * A child table.
     *
     * @param format format of its files; empty if its rows are those of the clients' table
     * @param location path or URI of its files; empty likewise
     * @param key column with the client; empty for the name that it has in the clients' table
     */
    public record Child(String name, String format, String location, String key) {}

    /**
     * The request as the declaration of a run, so that data, ledger and options are checked, read and named in the same
     * way. Its columns accept any value; with child tables, they are to be discovered.
     *
     * @param names names of the columns
     * @throws org.privateevolution.config.ConfigurationException if a run cannot be declared so
     */
    RunSpec spec(Collection<String> names) {
        ObjectNode root = JSON.createObjectNode().put("name", "discovery");
        ObjectNode data = root.putObject("private_data").put("format", format);
        data.put(
                switch (format) {
                    case "table" -> "table";
                    case RunSpec.PrivateData.DATA_FRAME -> "name";
                    default -> "path";
                },
                location);
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
        root.putObject("output").put("path", output);
        ObjectNode tabular = root.putObject("tabular");
        if (!children.isEmpty()) {
            ObjectNode discover = tabular.putObject("discover");
            columns.forEach(name -> discover.withArray("columns").add(name));
            children.forEach(child -> child(tabular.withArray("children").addObject(), child));
            return RunConfiguration.parse(root.toString(), "discovery", List.of());
        }
        ArrayNode declared = tabular.putArray("columns");
        for (String name : names) {
            ObjectNode column = declared.addObject().put("name", name).put("type", "string");
            column.putArray("categories").add("any");
            column.put("other", "any");
        }
        return RunConfiguration.parse(root.toString(), "discovery", List.of());
    }

    private static void child(ObjectNode entry, Child child) {
        entry.put("name", child.name());
        if (!child.location().isEmpty()) {
            entry.put("path", child.location()).put("format", child.format());
        }
        if (!child.key().isEmpty()) {
            entry.put("key", child.key());
        }
    }
}
