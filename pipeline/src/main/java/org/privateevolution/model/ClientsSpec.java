package org.privateevolution.model;

import java.util.List;
import java.util.Optional;

/**
 * Generation and embedding of clients, each with all its rows.
 *
 * @param tabular specification of the joined table; {@link RunSpec.Tabular#clients} must be present
 */
public record ClientsSpec(RunSpec.Tabular tabular) implements Modality {

    public ClientsSpec {
        if (tabular.clients().isEmpty()) {
            throw new IllegalArgumentException("clients are declared by their tables");
        }
    }

    @Override
    public String section() {
        return tabular.section();
    }

    @Override
    public List<Modality> parts() {
        return List.of(tabular);
    }

    @Override
    public Optional<TableSchema> table() {
        return tabular.table();
    }

    @Override
    public boolean isRow() {
        return false;
    }

    @Override
    public Optional<ClientTables> clients() {
        return tabular.clients();
    }

    @Override
    public GeneratedColumns generated() {
        return tabular.generated();
    }

    @Override
    public Optional<ForeignGenerator> foreignGenerator() {
        return Optional.empty();
    }

    /** A client may have as many joined rows as its longest table allows. */
    @Override
    public long sampleBytes() {
        int most = clients().orElseThrow().children().stream()
                .mapToInt(ChildTable::most)
                .max()
                .orElseThrow();
        return tabular.sampleBytes() * most;
    }
}
