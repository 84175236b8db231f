package org.privateevolution.constraint;

import java.util.List;
import java.util.Optional;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableRow;

/**
 * The constraints of clients with child tables: those of the clients' own columns, and those of the rows of each child
 * table. A child's row obeys by itself, so none is dropped, and a client keeps its number of rows.
 */
public final class ClientConstraints {

    private static final RunSpec.Mutation NO_MUTATION = new RunSpec.Mutation(0, 0, 1, 1);

    private final Constraints root;
    private final List<Constraints> children;

    private ClientConstraints(Constraints root, List<Constraints> children) {
        this.root = root;
        this.children = List.copyOf(children);
    }

    /** Clients without constraints. */
    public static ClientConstraints none(ClientTables tables) {
        return new ClientConstraints(
                Constraints.NONE,
                tables.children().stream().map(child -> Constraints.NONE).toList());
    }

    /**
     * The constraints of a run's clients.
     *
     * @param joined the joined table
     * @throws IllegalArgumentException if one cannot be read
     */
    public static ClientConstraints of(RunSpec.Tabular joined, RunSpec.Labels labels) {
        return new ClientConstraints(
                joined.constraints().isEmpty() ? Constraints.NONE : Constraints.of(joined, labels),
                joined.clients().orElseThrow().children().stream()
                        .map(ClientConstraints::ofRows)
                        .toList());
    }

    /** The constraints of a child table's rows. */
    public static Constraints ofRows(ChildTable child) {
        return child.constraints().isEmpty() ? Constraints.NONE : Constraints.sound(reader(child));
    }

    /** Reads the constraints of a child table. The label belongs to the client, so they cannot name it. */
    public static ConstraintReader reader(ChildTable child) {
        return new ConstraintReader(
                new RunSpec.Tabular(
                        child.schema(), child.generated(), NO_MUTATION, Optional.empty(), 1, 1, child.constraints()),
                Optional.empty());
    }

    /** Reads the constraints of the clients' columns, which name no column of a child table. */
    public static ConstraintReader reader(RunSpec.Tabular joined, RunSpec.Labels labels) {
        return new ConstraintReader(
                new RunSpec.Tabular(
                        joined.clients().orElseThrow().root(),
                        joined.generated(),
                        NO_MUTATION,
                        Optional.empty(),
                        1,
                        1,
                        joined.constraints()),
                labels);
    }

    /** The joined row whose client obeys. */
    public TableRow root(int label, TableRow joined) {
        return root.isEmpty() ? joined : root.repaired(label, joined);
    }

    /** The child's row with totals computed from their parts, if it then obeys. */
    public Optional<TableRow> obeying(int child, TableRow row) {
        Constraints own = children.get(child);
        return own.isEmpty() ? Optional.of(row) : own.completed(0, row);
    }

    /** A row near the child's row that obeys. */
    public TableRow repaired(int child, TableRow row) {
        Constraints own = children.get(child);
        return own.isEmpty() ? row : own.repaired(0, row);
    }
}
