package org.privateevolution.spark.clients;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.LabelColumns;
import org.privateevolution.model.Sha256;
import org.privateevolution.model.TableRow;
import org.privateevolution.spark.parsing.ReadAhead;

/**
 * Makes the joined rows of clients from their parts, see {@link ClientTables}. All parts of a client follow each other.
 *
 * <ul>
 *   <li>Of a client's rows in a child table, at most {@link ChildTable#most} are kept: the first ones of an ordered
 *       table; otherwise those with the smallest SHA-256 of the client's key and the row, a choice that depends on this
 *       client alone, is the same whenever the rows are read, and prefers no value.
 *   <li>Rows of a child table whose key no root row has are left out: they belong to no client.
 *   <li>Two root rows with one key end the partition with a reason; so do rows of one client that differ in a root
 *       column, if root and child rows are in one table.
 * </ul>
 *
 * Only the rows that are kept of one client are in memory at a time.
 *
 * @param labels the label columns, if there are any
 * @param together whether root columns stand in each row of a child table
 */
record ClientJoin(ClientTables tables, LabelColumns labels, boolean together)
        implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> parts) {
        return new Joined(parts);
    }

    /** A row of a child table, with its place among those of the client. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Ranked(double order, byte[] digest, TableRow row) {
        static final Comparator<Ranked> FIRST =
                Comparator.comparingDouble(Ranked::order).thenComparing(Ranked::digest, Arrays::compareUnsigned);
    }

    private final class Joined extends ReadAhead<Row> {
        private final Iterator<Row> parts;
        private final MessageDigest sha256 = Sha256.function();
        private final Queue<Row> ready = new ArrayDeque<>();
        private Row part;

        Joined(Iterator<Row> parts) {
            this.parts = parts;
            this.part = parts.hasNext() ? parts.next() : null;
        }

        @Override
        protected Row read() {
            while (ready.isEmpty() && part != null) {
                String problem = part.isNullAt(5) ? client() : part.getString(5);
                if (!problem.isEmpty()) {
                    return last(row(null, Collections.nCopies(labels.columns().size(), null), null, problem));
                }
            }
            return ready.poll();
        }

        /** Reads all parts of a client; returns what is wrong with them, or an empty text. */
        private String client() {
            String key = part.getString(0);
            Row own = null;
            List<PriorityQueue<Ranked>> kept = new ArrayList<>();
            tables.children().forEach(child -> kept.add(new PriorityQueue<>(Ranked.FIRST.reversed())));
            while (part != null && key.equals(part.get(0))) {
                if (!part.isNullAt(1)) {
                    String problem = own == null ? "" : differing(own, part);
                    if (!problem.isEmpty()) {
                        return problem;
                    }
                    own = part;
                }
                int child = part.getInt(3);
                if (child != ClientPart.NONE) {
                    keep(kept.get(child), tables.children().get(child), key, part.getAs(4));
                }
                part = parts.hasNext() ? parts.next() : null;
            }
            if (own != null) {
                join(key, own, kept);
            }
            return "";
        }

        private String differing(Row first, Row other) {
            if (!together) {
                return "two rows of tabular.columns have the same key: give each client one row, or declare the table"
                        + " as a child table";
            }
            if (first.getInt(2) != other.getInt(2)) {
                return "column '" + String.join("', '", labels.columnNames())
                        + "': rows of one client have different labels: a label belongs to the" + " client";
            }
            TableRow one = ClientPart.row(first.getAs(1));
            TableRow two = ClientPart.row(other.getAs(1));
            for (int i = 0; i < one.size(); i++) {
                if (Double.compare(one.code(i), two.code(i)) != 0) {
                    return "column '" + tables.root().columns().get(i).name()
                            + "': rows of one client differ, but tabular.columns belong to the client: declare it in"
                            + " tabular.children[].columns";
                }
            }
            return "";
        }

        private void keep(PriorityQueue<Ranked> kept, ChildTable child, String key, byte[] codes) {
            TableRow row = ClientPart.row(codes);
            double order = child.ordered() ? row.code(child.orderColumn()) : 0;
            sha256.update(key.getBytes(StandardCharsets.UTF_8));
            kept.add(new Ranked(order, sha256.digest(codes), row));
            if (kept.size() > child.most()) {
                kept.remove();
            }
        }

        private void join(String key, Row own, List<PriorityQueue<Ranked>> kept) {
            List<List<TableRow>> rows = kept.stream()
                    .map(queue ->
                            queue.stream().sorted(Ranked.FIRST).map(Ranked::row).toList())
                    .toList();
            int turn = ByteBuffer.wrap(sha256.digest(key.getBytes(StandardCharsets.UTF_8)))
                            .getInt()
                    & Integer.MAX_VALUE;
            List<String> names = labels.texts(own.getInt(2));
            for (TableRow joined : tables.join(ClientPart.row(own.getAs(1)), rows, turn)) {
                ready.add(row(ClientPart.bytes(joined.codes()), names, key, null));
            }
        }

        private Row row(byte[] codes, List<String> names, String key, String problem) {
            List<Object> values = new ArrayList<>();
            values.add(codes);
            values.addAll(names);
            values.add(key);
            values.add(problem);
            return RowFactory.create(values.toArray());
        }
    }
}
