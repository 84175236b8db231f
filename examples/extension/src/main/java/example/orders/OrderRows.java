package example.orders;

import java.util.List;
import java.util.random.RandomGenerator;
import org.privateevolution.model.Column;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;

/** Where the columns of an order stand, and rows that keep the rules of orders. */
final class OrderRows {

    static final String PLACED = "placed";
    static final String SHIPPED = "shipped";
    static final String NO_CARRIER = "none";

    private final TableSchema schema;
    private final int status;
    private final int carrier;
    private final int days;

    /** @throws IllegalArgumentException if a column is missing */
    OrderRows(TableSchema schema) {
        this.schema = schema;
        this.status = index(schema, "status");
        this.carrier = index(schema, "carrier");
        this.days = index(schema, "days");
    }

    private static int index(TableSchema schema, String name) {
        List<String> names = schema.columns().stream().map(Column::name).toList();
        if (!names.contains(name)) {
            throw new IllegalArgumentException("orders have a column " + name + ": declare it in tabular.columns");
        }
        return names.indexOf(name);
    }

    /** A random row that keeps the rules. */
    TableRow random(RandomGenerator random, List<String> statuses, List<String> carriers, int mostDays) {
        String drawn = statuses.get(random.nextInt(statuses.size()));
        boolean underWay = !drawn.equals(PLACED);
        boolean arrived = underWay && !drawn.equals(SHIPPED);
        double[] codes = new double[schema.size()];
        codes[status] = schema.columns().get(status).encode(drawn);
        codes[carrier] = schema.columns()
                .get(carrier)
                .encode(underWay ? carriers.get(random.nextInt(carriers.size())) : NO_CARRIER);
        codes[days] = schema.columns().get(days).encode(arrived ? random.nextInt(mostDays + 1) : null);
        return new TableRow(codes);
    }

    /** Whether an order that has not been sent has no carrier, and one that has not arrived took no days. */
    boolean keepsTheRules(TableRow row) {
        String said = (String) schema.columns().get(status).decode(row.code(status));
        boolean sent = !schema.columns().get(carrier).decode(row.code(carrier)).equals(NO_CARRIER);
        boolean took = schema.columns().get(days).decode(row.code(days)) != null;
        return sent == !said.equals(PLACED) && took == !(said.equals(PLACED) || said.equals(SHIPPED));
    }
}
