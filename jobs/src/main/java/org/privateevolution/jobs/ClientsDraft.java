package org.privateevolution.jobs;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.NearestKey;
import org.privateevolution.spark.source.Draftable;
import org.privateevolution.spark.source.PrivateDataException;

/** Drafts a configuration of clients by reading their root table and their child tables. The draft is not private. */
final class ClientsDraft {

    private final SparkSession spark;
    private final DraftFrame frame;
    private final String label;
    private final String client;
    private final List<ChildTableOptions.Child> children;
    private final int maxCategories;

    /** A table that has been read. */
    private record Opened(ChildTableOptions.Child child, ColumnsDraft columns) {}

    /**
     * @param frame names the root table
     * @param label column of the root table to condition on; null for none
     * @param client key of the root table; null to find it
     * @param children empty if the rows of the clients are those of the root table
     */
    ClientsDraft(
            SparkSession spark,
            DraftFrame frame,
            String label,
            String client,
            List<ChildTableOptions.Child> children,
            int maxCategories) {
        this.spark = spark;
        this.frame = frame;
        this.label = label;
        this.client = client;
        this.children = List.copyOf(children);
        this.maxCategories = maxCategories;
    }

    /**
     * The draft as YAML.
     *
     * @throws PrivateDataException if a table cannot be read, or has no column that can be declared
     * @throws ConfigurationException if the client's key is not known, or a table does not have it
     */
    String yaml() {
        ColumnsDraft root = opened(frame.format(), frame.location(), label);
        if (children.isEmpty()) {
            return wide(root);
        }
        List<Opened> opened = children.stream()
                .map(child -> new Opened(child, opened(child.format(), child.location(), null)))
                .toList();
        String key = key(root, opened);
        DraftFrame ofClients = frame.withClient(key);
        StringBuilder text = new StringBuilder(SchemaDraft.warning());
        text.append(ofClients.privateData()).append(root.labels()).append(ofClients.privacy());
        text.append("tabular:\n  columns:    # of a client\n");
        text.append(read(frame.format(), frame.location(), () -> root.columns(Set.of(key))));
        text.append("  children:\n");
        opened.forEach(table -> text.append(child(table, key)));
        return text.append(ofClients.rows()).toString();
    }

    /** One table, in which columns that are the same in all rows of a client are the client's. */
    private String wide(ColumnsDraft table) {
        require("--client", table, frame.location(), client);
        Set<String> own = read(frame.format(), frame.location(), () -> table.following(client));
        if (label != null && !own.contains(label)) {
            throw refusal("--label: " + label + " differs between rows of one client, and a label belongs to the"
                    + " client: choose a column that is the same in all rows of a client, or none");
        }
        Set<String> ofRows = new LinkedHashSet<>(table.names());
        ofRows.remove(client);
        ofRows.removeAll(own);
        if (ofRows.isEmpty()) {
            throw refusal("--client: all columns of " + frame.location() + " are the same in all rows of a client, as"
                    + " if each had one row: leave --client out, and set privacy.unit: client and"
                    + " private_data.client_column: " + client + " in the draft");
        }
        Set<String> learnt = new LinkedHashSet<>(own);
        learnt.remove(label);
        if (learnt.isEmpty()) {
            throw refusal("--client: no column of " + frame.location() + " is the same in all rows of a client, and"
                    + " clients need one of their own: leave --client out, and set privacy.unit: client and"
                    + " private_data.client_column: " + client + " in the draft, so that rows are learnt one by one");
        }
        DraftFrame ofClients = frame.withClient(client);
        Set<String> notOwn = new LinkedHashSet<>(ofRows);
        notOwn.add(client);
        own.add(client);
        StringBuilder text = new StringBuilder(SchemaDraft.warning());
        text.append(ofClients.privateData()).append(table.labels()).append(ofClients.privacy());
        text.append("tabular:\n  columns:    # the same in all rows of a client\n");
        text.append(read(frame.format(), frame.location(), () -> table.columns(notOwn)));
        text.append("  children:\n    - name: rows    # of a client, in the same table\n");
        text.append(rows(frame.format(), frame.location(), table, client, ofRows));
        text.append(
                read(frame.format(), frame.location(), () -> table.columns(own)).indent(4));
        return text.append(ofClients.rows()).toString();
    }

    private ColumnsDraft opened(String format, String location, String labelThere) {
        return read(
                format,
                location,
                () -> ColumnsDraft.of(
                        Draftable.open(
                                spark, format, location, format.equals(frame.format()) ? frame.options() : Map.of()),
                        new ColumnsDraft.Of(location, labelThere, false, maxCategories)));
    }

    /** The given key of the root table, or the only one that it can be. */
    private String key(ColumnsDraft root, List<Opened> tables) {
        if (client != null) {
            require("--client", root, frame.location(), client);
            if (!read(frame.format(), frame.location(), () -> root.isKey(client))) {
                throw refusal("--client: " + client + " is no key of " + frame.location()
                        + ": some rows have none, or that of another row; name the column that tells clients apart");
            }
            return client;
        }
        List<String> shared = root.names().stream()
                .filter(name -> !name.equals(label))
                .filter(name -> tables.stream()
                        .allMatch(table -> !table.child().key().isEmpty()
                                || table.columns().names().contains(name)))
                .filter(name -> read(frame.format(), frame.location(), () -> root.isKey(name)))
                .toList();
        if (shared.size() == 1) {
            return shared.get(0);
        }
        throw refusal("--client is missing, and "
                + (shared.isEmpty()
                        ? "no column of " + frame.location() + " that differs in all of its rows is also in the child"
                                + " tables"
                        : "the key could be " + String.join(" or ", shared))
                + ": give --client COLUMN, the column of " + frame.location()
                + " that tells clients apart, and --child-key NAME=COLUMN where it has another name in a child table");
    }

    private String child(Opened table, String clientKey) {
        ChildTableOptions.Child child = table.child();
        ColumnsDraft columns = table.columns();
        String key = child.key().isEmpty() ? clientKey : child.key();
        require("--child-key " + child.name() + "=COLUMN", columns, child.location(), key);
        StringBuilder text =
                new StringBuilder("    - name: ").append(child.name()).append('\n');
        text.append("      path: ").append(DraftFrame.quoted(child.location())).append('\n');
        if (!child.format().equals(frame.format())) {
            text.append("      format: ").append(child.format()).append('\n');
        }
        if (!key.equals(clientKey)) {
            text.append("      key: ").append(DraftFrame.quoted(key)).append('\n');
        }
        text.append(rows(child.format(), child.location(), columns, key, columns.names()));
        return text.append(read(child.format(), child.location(), () -> columns.columns(Set.of(key)))
                        .indent(4))
                .toString();
    }

    /** The settings of a child table between its name and its columns. */
    private static String rows(
            String format, String location, ColumnsDraft columns, String key, Collection<String> names) {
        long rows = read(format, location, () -> columns.usualRows(key));
        String times =
                names.stream().filter(columns::isTime).map(DraftFrame::quoted).collect(Collectors.joining(" or "));
        return "      rows: " + rows
                + "    # of a client that count: the 95 % quantile of those with rows; replace it\n"
                + "      # order: " + (times.isEmpty() ? "COLUMN" : times)
                + "    # if it matters in which order a client's rows come (docs/clients.md)\n"
                + "      columns:\n";
    }

    private static void require(String option, ColumnsDraft columns, String location, String name) {
        if (!columns.names().contains(name)) {
            throw refusal(option + ": " + location + " has no column " + name
                    + NearestKey.close(name, columns.names())
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; it has " + String.join(", ", columns.names())));
        }
    }

    private static <T> T read(String format, String location, Callable<T> reading) {
        return DraftReading.of(format, location, reading);
    }

    private static ConfigurationException refusal(String problem) {
        return new ConfigurationException(List.of(problem));
    }
}
