package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.privateevolution.model.ChildTable;
import picocli.CommandLine.Option;

/** The options that say where the child tables of compared clients are. */
final class ChildOptions {

    @Option(
            names = "--child",
            paramLabel = "NAME=TABLE",
            description = "Rows of real clients in a child table of the run or configuration. Repeatable; required for"
                    + " each child table with a path of its own.")
    private Map<String, String> real = new LinkedHashMap<>();

    @Option(names = "--holdout-child", paramLabel = "NAME=TABLE", description = "The same of the clients in --holdout.")
    private Map<String, String> holdout = new LinkedHashMap<>();

    @Option(
            names = "--synthetic-child",
            paramLabel = "NAME=TABLE",
            description = "The same of synthetic clients that are not the output of a run.")
    private Map<String, String> synthetic = new LinkedHashMap<>();

    /** The name of one of these options that was given; empty if there is none. */
    Optional<String> given() {
        return places().entrySet().stream()
                .filter(option -> !option.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The places that the options name, by option. */
    Map<String, Map<String, String>> places() {
        Map<String, Map<String, String>> places = new LinkedHashMap<>();
        places.put("--child", real);
        places.put("--holdout-child", holdout);
        places.put("--synthetic-child", synthetic);
        return places;
    }

    /**
     * What is wrong with one of the options.
     *
     * @param option one of {@link #places}
     * @param wanted whether the tables that it names are read at all; if not, the reason stands in {@code unwanted}
     */
    List<String> problems(String option, List<ChildTable> tables, boolean wanted, String unwanted) {
        Map<String, String> given = places().get(option);
        List<String> names = tables.stream().map(ChildTable::name).toList();
        List<String> problems = new ArrayList<>();
        if (!wanted) {
            if (!given.isEmpty()) {
                problems.add(option + ": " + unwanted + ": leave it out");
            }
            return problems;
        }
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> problems.add(
                        option + ": there is no child table " + name + "; there are " + String.join(", ", names)));
        tables.stream()
                .filter(table -> table.isApart() && !given.containsKey(table.name()))
                .forEach(table -> problems.add(option + " " + table.name()
                        + "=TABLE is missing: clients are compared with their rows in all child tables"));
        return problems;
    }

    /** Where an option says that the rows of a child table are; empty for the same place as the root table. */
    Optional<String> place(String option, ChildTable table) {
        return Optional.ofNullable(places().get(option).get(table.name()));
    }
}
