package org.privateevolution.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.privateevolution.spark.source.PrivateSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a draft that say where the child tables of clients are. */
final class ChildTableOptions {

    @Option(
            names = "--child",
            paramLabel = "NAME=PATH",
            description = "For clients: a child table, in which a row of INPUT has any number of rows. Repeatable.")
    private Map<String, String> tables = new LinkedHashMap<>();

    @Option(
            names = "--child-key",
            paramLabel = "NAME=COLUMN",
            description = "Column of a child table with the client. Default: the name in INPUT. Repeatable.")
    private Map<String, String> keys = new LinkedHashMap<>();

    /**
     * A child table.
     *
     * @param key column with the client; empty if it has the name of the root table's key
     */
    record Child(String name, String format, String location, String key) {}

    boolean given() {
        return !tables.isEmpty();
    }

    /**
     * The tables, in the order in which they were given.
     *
     * @throws ParameterException if one is no file in a format of tables, or a key is that of no table
     */
    List<Child> of(CommandSpec spec) {
        requireTables(spec);
        return tables.entrySet().stream()
                .map(table -> child(spec, table.getKey(), table.getValue()))
                .toList();
    }

    private Child child(CommandSpec spec, String name, String location) {
        String format = TableFormat.of(location)
                .filter(PrivateSource.FILES::contains)
                .orElseThrow(() -> refused(
                        spec,
                        "--child: the name " + location + " does not tell the format of a file: child tables are"
                                + " files or folders called .parquet, .csv, .json or .orc"));
        LocalPath.problem(location, format).ifPresent(problem -> {
            throw refused(spec, "--child: " + problem);
        });
        return new Child(name, format, location, keys.getOrDefault(name, ""));
    }

    /**
     * Refuses keys of tables that were not given.
     *
     * @throws ParameterException that names the first of them
     */
    void requireTables(CommandSpec spec) {
        keys.keySet().stream()
                .filter(name -> !tables.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refused(
                            spec, "--child-key: there is no child table " + name + ": give --child " + name + "=PATH");
                });
    }

    private static ParameterException refused(CommandSpec spec, String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
