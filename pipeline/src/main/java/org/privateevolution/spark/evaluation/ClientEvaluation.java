package org.privateevolution.spark.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.constraint.ClientConstraints;
import org.privateevolution.evaluation.outside.EvaluationMeasure;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.Column;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Seed;
import org.privateevolution.spark.evaluation.TableEvaluation.Table;
import org.privateevolution.spark.session.JobGroup;
import org.privateevolution.spark.source.PrivateDataException;
import org.privateevolution.spi.RunListener;

/**
 * Compares synthetic clients, with their rows in child tables, with real ones, OUTSIDE the guarantee. Clients are
 * compared as a table with one row for each: the root columns, the numbers of rows, and one of the rows. The rows of
 * each child table are then compared all together, and keys are checked.
 */
public final class ClientEvaluation {

    private final SparkSession spark;
    private final JoinedClients joined;
    private final ClientFiles real;
    private final Optional<ClientFiles> holdout;
    private final EvaluationRequest request;
    private final RunListener listener;

    /**
     * @param request what is asked for; its client column is the key of the root table
     * @param labels label columns of the clients
     * @param holdout real clients that the synthetic ones were not made from; if empty, a third of the others is set
     *     aside
     * @throws PrivateDataException if a table cannot be read or joined
     */
    public ClientEvaluation(
            SparkSession spark,
            ClientTables tables,
            List<String> labels,
            ClientFiles real,
            Optional<ClientFiles> holdout,
            EvaluationRequest request,
            RunListener listener) {
        this.spark = spark;
        this.joined = new JoinedClients(tables, request.client().orElseThrow(), List.copyOf(labels));
        this.real = real;
        this.holdout = holdout;
        this.request = request.declaring(declared(tables));
        this.listener = listener;
    }

    /** The declared columns, but for numbers of rows, whose cells are those of the real numbers. */
    private static List<Column> declared(ClientTables tables) {
        List<Column> columns = tables.joined().columns();
        List<Integer> counts = new ArrayList<>();
        for (int child = 0; child < tables.children().size(); child++) {
            counts.add(tables.count(child));
        }
        List<Column> declared = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            if (!counts.contains(c)) {
                declared.add(columns.get(c));
            }
        }
        return declared;
    }

    /**
     * Compares synthetic clients.
     *
     * @throws PrivateDataException if a table cannot be read or joined
     */
    public Evaluation compare(ClientFiles synthetic) {
        try (JobGroup group = group("checking keys, outside the guarantee")) {
            joined.require(real, true);
            holdout.ifPresent(files -> joined.require(files, true));
            joined.require(synthetic, false);
        }
        Table made = joined.clients(synthetic);
        Evaluation clients;
        try (TableEvaluation tables = new TableEvaluation(
                spark, joined.clients(real), holdout.map(joined::clients), made.names(), request, listener)) {
            clients = tables.compare(made);
        }
        List<String> notes = new ArrayList<>(List.of(
                "A record is a client: its own columns, its numbers of rows, and one of its rows in each child table."
                        + " The figures of child tables take all rows."));
        notes.addAll(clients.notes());
        List<Figure> figures = new ArrayList<>(clients.figures());
        try (JobGroup group = group("checking keys, outside the guarantee")) {
            figures.addAll(new KeyFigures(joined, real).figures(synthetic, notes));
        }
        for (int child = 0; child < joined.tables().children().size(); child++) {
            figures.addAll(ofChild(child, clients, synthetic, notes));
        }
        return new Evaluation(
                clients.rows(),
                figures.stream()
                        .map(figure -> EvaluationMeasure.advised(figure, request.maker()))
                        .toList(),
                clients.correlations(),
                clients.use(),
                clients.marginals(),
                clients.pairs(),
                notes);
    }

    private List<Figure> ofChild(int child, Evaluation clients, ClientFiles synthetic, List<String> notes) {
        ChildTable table = joined.tables().children().get(child);
        listener.stageStarted("comparing the rows of table '" + table.name() + "'", 0);
        MadeUpColumns made = new MadeUpColumns(table.generated().columns(), " of table '" + table.name() + "'");
        Table rows = synthetic.child(child);
        made.leftOut(rows.names()).ifPresent(notes::add);
        try (JobGroup group = group("count synthetic ids")) {
            notes.addAll(made.uniqueness(rows));
        }
        List<Figure> figures = new ArrayList<>();
        try (JobGroup group = group("checking constraints of rows, outside the guarantee")) {
            ConstraintFigures.of(ClientConstraints.ofRows(table), real.child(child))
                    .figures(rows, notes)
                    .forEach(figure -> figures.add(ofTable(figure, table.name())));
        }
        String count = joined.tables()
                .joined()
                .columns()
                .get(joined.tables().count(child))
                .name();
        clients.figures().stream()
                .filter(figure -> figure.measure()
                                .key()
                                .equals(EvaluationMeasure.TVD_1WAY.measure().key())
                        && figure.subject().equals(count))
                .map(figure -> ofRows(figure, table.name()))
                .forEach(figures::add);
        if (joined.belonging(synthetic, child) == 0 || joined.belonging(real, child) == 0) {
            notes.add("Table '" + table.name() + "' has no rows, real or synthetic, so they were not compared.");
            return figures;
        }
        try (JobGroup group = group("comparing rows of clients, outside the guarantee")) {
            figures.addAll(new ChildFigures(joined, child, new Seed(request.seed()))
                    .figures(
                            joined.rows(real, child),
                            holdout.map(files -> joined.rows(files, child)),
                            joined.rows(synthetic, child),
                            notes));
        }
        return figures;
    }

    /** A figure of constraints as that of a child table. */
    private static Figure ofTable(Figure figure, String child) {
        return figure.as(figure.measure(), figure.subject().isEmpty() ? child : child + ": " + figure.subject());
    }

    /** The distance of the numbers of rows by its own name. */
    private static Figure ofRows(Figure figure, String child) {
        return figure.as(EvaluationMeasure.ROWS_PER_CLIENT.measure(), child);
    }

    private JobGroup group(String description) {
        return new JobGroup(spark.sparkContext(), "evaluate", description);
    }
}
