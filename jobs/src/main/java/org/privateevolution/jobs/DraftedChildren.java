package org.privateevolution.jobs;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a draft by `pe init` that say where the child tables of clients are, and how they are joined. */
final class DraftedChildren {

    @Mixin
    private ChildTableOptions tables;

    @Option(
            names = "--client",
            paramLabel = "COLUMN",
            description = "The column of INPUT that tells clients apart. With --child: by default the only one that can"
                    + " be it. Without --child: INPUT is one wide table, in which a client has any number of rows.")
    private String client;

    /** Whether clients are drafted, in a root table and child tables. */
    boolean given() {
        return tables.given() || client != null;
    }

    /** Key of the root table; null if it is to be found. */
    String client() {
        return client;
    }

    /** The tables, in the order in which they were given; empty for one wide table. */
    List<ChildTableOptions.Child> of(CommandSpec spec) {
        return tables.of(spec);
    }

    /**
     * Refuses options that do not fit each other.
     *
     * @param other an option that drafts something else, if it was given
     * @throws ParameterException if one has no effect
     */
    void requireSense(CommandSpec spec, Optional<String> other) {
        tables.requireTables(spec);
        if (given()) {
            other.ifPresent(option -> {
                throw new ParameterException(
                        spec.commandLine(),
                        (tables.given() ? "--child" : "--client") + ": it is not allowed with " + option
                                + ": leave one of them out");
            });
        }
    }
}
