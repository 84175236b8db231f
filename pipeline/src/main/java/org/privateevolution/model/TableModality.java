package org.privateevolution.model;

import java.util.List;
import java.util.Optional;

/** Rows of a table, whose columns are declared, or are still to be discovered from the private data. */
public sealed interface TableModality extends Modality permits RunSpec.Tabular, UndiscoveredTable {

    /** All columns, in order, that are declared or discovered already. */
    List<DeclaredColumn> declared();

    /** The child tables of clients as they are declared; empty if a record is a row. */
    List<ChildDeclaration> children();

    /** The discovery that is to find the columns; empty if they are known. */
    Optional<DiscoverySpec> discovery();

    /** Language of made-up names and addresses. */
    String locale();

    RunSpec.Mutation mutation();

    /** The generator of the rows; empty if the mutation makes them. */
    Optional<ForeignGenerator> generator();

    double numericWeight();

    double categoricalWeight();

    /** The constraints that every synthetic row obeys. */
    List<Constraint> constraints();

    @Override
    default String section() {
        return "tabular";
    }

    @Override
    default Optional<ForeignGenerator> foreignGenerator() {
        return generator();
    }

    @Override
    default boolean hasColumns() {
        return true;
    }
}
