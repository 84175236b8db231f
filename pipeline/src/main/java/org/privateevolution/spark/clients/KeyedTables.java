package org.privateevolution.spark.clients;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.generation.tabular.GeneratedValues;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Seed;
import org.privateevolution.spark.source.TypedColumns;
import org.privateevolution.spark.table.TableRoom;

/**
 * The published tables of clients: their keys and made-up values. Every client has a number, from 0 on. Its key is that
 * number plus 1, in the root table and in each of its rows in the child tables. The i-th row of client n in a child
 * table has the number {@code n * most + i}, where {@code most} is the largest number of rows of a client: made-up
 * values follow from it, so that they differ from row to row whichever clients are written, and wherever.
 */
public final class KeyedTables implements Serializable {

    private static final long serialVersionUID = 1L;

    private final List<ChildTable> children;
    private final StructType rootSchema;
    private final List<StructType> childSchemas;
    private final GeneratedValues ofRoot;
    private final List<GeneratedValues> ofChildren;

    private KeyedTables(
            List<ChildTable> children,
            StructType rootSchema,
            List<StructType> childSchemas,
            GeneratedValues ofRoot,
            List<GeneratedValues> ofChildren) {
        this.children = List.copyOf(children);
        this.rootSchema = rootSchema;
        this.childSchemas = List.copyOf(childSchemas);
        this.ofRoot = ofRoot;
        this.ofChildren = List.copyOf(ofChildren);
    }

    /**
     * The tables of a run.
     *
     * @throws ConfigurationException if values cannot be made up as they are declared
     */
    public static KeyedTables of(RunSpec spec) {
        List<ChildTable> children = spec.tabular().clients().orElseThrow().children();
        List<StructType> schemas = new ArrayList<>();
        List<GeneratedValues> values = new ArrayList<>();
        for (ChildTable child : children) {
            schemas.add(keyed(child.key(), TypedColumns.ofChild(child)));
            // Seeds of their own, so that the rows of one table do not have the people and ids of another.
            values.add(TableRoom.generated(
                    child.generated(),
                    new Seed(spec.seed()).derive("table").derive(child.name()).value()));
        }
        return new KeyedTables(
                children,
                keyed(spec.privateData().clientColumn(), TypedColumns.ofClients(spec)),
                schemas,
                TableRoom.generated(spec),
                values);
    }

    private static StructType keyed(String key, StructType columns) {
        StructType schema = new StructType().add(key, DataTypes.LongType, false);
        for (StructField field : columns.fields()) {
            schema = schema.add(field);
        }
        return schema;
    }

    /** Columns of the root table. */
    public StructType rootSchema() {
        return rootSchema;
    }

    /** Columns of a child table. */
    public StructType childSchema(int child) {
        return childSchemas.get(child);
    }

    /** Names of the child tables, in order. */
    public List<String> childNames() {
        return children.stream().map(ChildTable::name).toList();
    }

    /**
     * A client's row in the root table.
     *
     * @param learnt values of the learnt columns, and of the label columns
     * @param client the client's number
     */
    public Row root(List<?> learnt, long client) {
        return keyed(client, ofRoot.complete(learnt, client));
    }

    /**
     * A client's row in a child table.
     *
     * @param learnt values of the learnt columns
     * @param client the client's number
     * @param place the row's place among the client's rows, from 0
     */
    public Row child(int child, List<?> learnt, long client, int place) {
        long number = client * children.get(child).most() + place;
        return keyed(client, ofChildren.get(child).complete(learnt, number));
    }

    private static Row keyed(long client, List<?> values) {
        List<Object> keyed = new ArrayList<>(values.size() + 1);
        keyed.add(client + 1);
        keyed.addAll(values);
        return RowFactory.create(keyed.toArray());
    }

    /** The largest number of clients whose rows have numbers. */
    public long mostClients() {
        return Long.MAX_VALUE
                / children.stream().mapToInt(ChildTable::most).max().orElseThrow();
    }

    /**
     * Checks that ids suffice.
     *
     * @param clients number of clients, counted from client 0
     * @throws IllegalArgumentException if a column has too few different values
     */
    public void requireSufficient(long clients) {
        ofRoot.requireSufficient(clients);
        for (int child = 0; child < children.size(); child++) {
            ChildTable table = children.get(child);
            try {
                ofChildren.get(child).requireSufficient(clients * table.most());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("table '" + table.name() + "': " + e.getMessage(), e);
            }
        }
    }
}
