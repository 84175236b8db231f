package org.privateevolution.model;

import java.util.List;
import java.util.Optional;

/** A table whose columns the run itself discovers. Until it has, nothing can be generated or embedded. */
public record UndiscoveredTable(
        DiscoverySpec wanted,
        String locale,
        RunSpec.Mutation mutation,
        Optional<ForeignGenerator> generator,
        double numericWeight,
        double categoricalWeight)
        implements TableModality {

    @Override
    public List<DeclaredColumn> declared() {
        return List.of();
    }

    @Override
    public Optional<DiscoverySpec> discovery() {
        return Optional.of(wanted);
    }

    @Override
    public boolean isRow() {
        return true;
    }

    /** Nothing: constraints name columns, and those are not known yet. */
    @Override
    public List<Constraint> constraints() {
        return List.of();
    }

    @Override
    public long sampleBytes() {
        return 0;
    }

    /**
     * The table with the columns that were found.
     *
     * @param columns at least one that is learnt
     */
    RunSpec.Tabular with(List<DeclaredColumn> columns) {
        return RunSpec.Tabular.of(columns, locale, mutation, generator, numericWeight, categoricalWeight, List.of());
    }
}
