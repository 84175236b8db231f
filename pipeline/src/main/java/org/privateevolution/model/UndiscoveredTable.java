package org.privateevolution.model;

import java.util.List;
import java.util.Optional;

/**
 * A table, or the tables of clients, of which the run itself discovers what is not declared. Until it has, nothing can
 * be generated or embedded.
 *
 * @param known the declared columns; only clients with child tables may have any
 * @param children the child tables of clients; empty if a record is a row
 */
public record UndiscoveredTable(
        DiscoverySpec wanted,
        List<DeclaredColumn> known,
        List<ChildDeclaration> children,
        String locale,
        RunSpec.Mutation mutation,
        Optional<ForeignGenerator> generator,
        double numericWeight,
        double categoricalWeight)
        implements TableModality {

    public UndiscoveredTable {
        known = List.copyOf(known);
        children = List.copyOf(children);
    }

    @Override
    public List<DeclaredColumn> declared() {
        return known;
    }

    @Override
    public Optional<DiscoverySpec> discovery() {
        return Optional.of(wanted);
    }

    @Override
    public boolean isRow() {
        return children.isEmpty();
    }

    @Override
    public boolean areClients() {
        return !children.isEmpty();
    }

    /** The declared columns that are made up. */
    @Override
    public GeneratedColumns generated() {
        return GeneratedColumns.among(known, locale);
    }

    /** Nothing: constraints are not allowed before everything is known. */
    @Override
    public List<Constraint> constraints() {
        return List.of();
    }

    @Override
    public long sampleBytes() {
        return 0;
    }

    /**
     * The table with the columns that were found, or the tables of clients with everything that was.
     *
     * @param columns the columns of the table or of the clients, of which at least one is learnt
     * @param found the child tables, in order
     */
    Modality with(List<DeclaredColumn> columns, List<ChildTable> found) {
        if (children.isEmpty()) {
            return RunSpec.Tabular.of(
                    columns, locale, mutation, generator, numericWeight, categoricalWeight, List.of());
        }
        return new ClientsSpec(new RunSpec.Tabular(
                new ClientTables(TableSchema.of(LearntColumn.among(columns)), found),
                GeneratedColumns.among(columns, locale),
                mutation,
                numericWeight,
                categoricalWeight));
    }
}
