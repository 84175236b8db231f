package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a draft that say where the child tables of clients are, and how they are joined. */
final class DraftedChildren {

    private static final Set<String> FORMATS = Set.of("parquet", "csv", "json", "orc");

    @Option(
            names = "--child",
            paramLabel = "NAME=PATH",
            description = "For clients: a child table, in which a row of INPUT has any number of rows. Repeatable.")
    private Map<String, String> tables = new LinkedHashMap<>();

    @Option(
            names = "--client",
            paramLabel = "COLUMN",
            description = "With --child: the column of INPUT that tells clients apart. Default: the only one that can"
                    + " be it.")
    private String client;

    @Option(
            names = "--child-key",
            paramLabel = "NAME=COLUMN",
            description = "Column of a child table with the client. Default: the name in INPUT. Repeatable.")
    private Map<String, String> keys = new LinkedHashMap<>();

    boolean given() {
        return !tables.isEmpty();
    }

    /** Key of the root table; null if it is to be found. */
    String client() {
        return client;
    }

    /**
     * The tables, in the order in which they were given.
     *
     * @throws ParameterException if one is no file in a format of tables
     */
    List<ClientsDraft.Child> of(CommandSpec spec) {
        List<ClientsDraft.Child> children = new ArrayList<>();
        tables.forEach((name, location) -> {
            String format = TableFormat.of(location)
                    .filter(FORMATS::contains)
                    .orElseThrow(() -> refused(
                            spec,
                            "--child: the name " + location + " does not tell the format of a file: child tables are"
                                    + " files or folders called .parquet, .csv, .json or .orc"));
            LocalPath.problem(location, format).ifPresent(problem -> {
                throw refused(spec, "--child: " + problem);
            });
            children.add(new ClientsDraft.Child(name, format, location, keys.getOrDefault(name, "")));
        });
        return children;
    }

    /**
     * Refuses options that do not fit each other.
     *
     * @param other an option that drafts something else, if it was given
     * @throws ParameterException if one has no effect
     */
    void requireSense(CommandSpec spec, Optional<String> other) {
        if (!given() && client != null) {
            throw refused(spec, "--client: it has no effect without --child: leave it out");
        }
        keys.keySet().stream()
                .filter(name -> !tables.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refused(
                            spec, "--child-key: there is no child table " + name + ": give --child " + name + "=PATH");
                });
        if (given()) {
            other.ifPresent(option -> {
                throw refused(spec, "--child: it is not allowed with " + option + ": leave one of them out");
            });
        }
    }

    private static ParameterException refused(CommandSpec spec, String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
