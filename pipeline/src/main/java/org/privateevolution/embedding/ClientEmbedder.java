package org.privateevolution.embedding;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.Column;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableRow;
import org.privateevolution.spi.Embedder;

/**
 * Embeds clients. The vector of a client is the mean of the vectors of its joined rows: the root columns and the
 * numbers of rows as in a table, then the mean of each child's rows, in which a category has its share of the rows.
 * Then follows, for each column of numbers of a child, the standard deviation over the client's rows; and for each
 * column of an ordered child how much it changes from row to row: the root of the mean squared change of a number, the
 * share of changed categories. A child's column therefore counts as much as a root column if it is the same in all rows
 * of a client.
 */
public final class ClientEmbedder implements Embedder {

    private static final long serialVersionUID = 1L;

    /** Part of the fingerprint; increase it when the same tables and weights no longer give the same vectors. */
    private static final int VERSION = 1;

    private final TabularEmbedder joined;
    private final List<Spread> spreads;

    /**
     * What is measured over the rows of a client.
     *
     * @param column index of the column in a joined row
     * @param before index of its former value, or -1 for the standard deviation
     * @param isStep whether what stands there is the change itself
     */
    private record Spread(Column declared, int column, int before, boolean isStep, double weight)
            implements Serializable {

        double of(List<TableRow> rows) {
            return before < 0 ? deviation(rows) : change(rows);
        }

        private double deviation(List<TableRow> rows) {
            double sum = 0;
            double squares = 0;
            int number = 0;
            for (TableRow row : rows) {
                if (!Double.isNaN(row.code(column))) {
                    double position = ((NumericColumn) declared).position(row.code(column));
                    sum += position;
                    squares += position * position;
                    number++;
                }
            }
            return number == 0 ? 0 : Math.sqrt(Math.max(0, squares / number - sum / number * (sum / number)));
        }

        private double change(List<TableRow> rows) {
            double squares = 0;
            int number = 0;
            for (TableRow row : rows) {
                double now = row.code(column);
                double then = row.code(before);
                if (!Double.isNaN(now) && !Double.isNaN(then)) {
                    double change;
                    if (declared instanceof NumericColumn numeric) {
                        double range = numeric.max() - numeric.min();
                        change = range == 0 ? 0 : (isStep ? then : now - then) / range;
                    } else {
                        change = now == then ? 0 : 1;
                    }
                    squares += change * change;
                    number++;
                }
            }
            if (number == 0) {
                return 0;
            }
            return declared instanceof CategoricalColumn ? squares / number : Math.sqrt(squares / number);
        }
    }

    private ClientEmbedder(TabularEmbedder joined, List<Spread> spreads) {
        this.joined = joined;
        this.spreads = spreads;
    }

    /** The embedder of a run on clients. */
    public static ClientEmbedder of(RunSpec.Tabular tabular) {
        ClientTables tables = tabular.clients().orElseThrow();
        List<Spread> spreads = new ArrayList<>();
        for (int child = 0; child < tables.children().size(); child++) {
            ChildTable table = tables.children().get(child);
            for (int c = 0; c < table.schema().size(); c++) {
                Column column = table.schema().columns().get(c);
                boolean number = column instanceof NumericColumn;
                double weight = number ? tabular.numericWeight() : tabular.categoricalWeight();
                if (number) {
                    spreads.add(new Spread(column, tables.first(child) + c, -1, false, weight));
                }
                if (table.ordered()) {
                    spreads.add(new Spread(
                            column,
                            tables.first(child) + c,
                            tables.other(child) + c,
                            c == table.orderColumn(),
                            weight));
                }
            }
        }
        return new ClientEmbedder(TabularEmbedder.of(tabular), List.copyOf(spreads));
    }

    @Override
    public int dimension() {
        return Math.addExact(joined.dimension(), spreads.size());
    }

    @Override
    public String fingerprint() {
        return "clients-" + VERSION + "-" + spreads.size() + "-" + joined.fingerprint();
    }

    /** @throws IllegalArgumentException if a payload is no client of these tables; the message never contains a code */
    @Override
    public float[] embed(List<? extends Payload> payloads) {
        float[] vectors = new float[Math.multiplyExact(payloads.size(), dimension())];
        int at = 0;
        for (Payload payload : payloads) {
            if (!(payload instanceof ClientRecord client)) {
                throw new IllegalArgumentException("the embedding of clients takes clients, not "
                        + payload.getClass().getSimpleName());
            }
            write(client.rows(), vectors, at);
            at += dimension();
        }
        return vectors;
    }

    private void write(List<TableRow> rows, float[] vectors, int at) {
        int width = joined.dimension();
        float[] each = joined.embed(rows);
        for (int i = 0; i < width; i++) {
            double sum = 0;
            for (int row = 0; row < rows.size(); row++) {
                sum += each[row * width + i];
            }
            vectors[at + i] = (float) (sum / rows.size());
        }
        for (int i = 0; i < spreads.size(); i++) {
            vectors[at + width + i] =
                    (float) (spreads.get(i).of(rows) * spreads.get(i).weight());
        }
    }

    /** The probe of joined rows: the rest is arithmetic of Java. */
    @Override
    public float[] probe() {
        return joined.probe();
    }
}
