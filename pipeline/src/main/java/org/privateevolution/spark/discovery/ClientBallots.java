package org.privateevolution.spark.discovery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.discovery.DiscoveryCells;
import org.privateevolution.discovery.DiscoveryCells.Ballot;
import org.privateevolution.model.Sha256;
import org.privateevolution.model.UndeclaredValueException;
import org.privateevolution.spark.parsing.ReadAhead;
import org.privateevolution.spark.source.PrivateColumns;

/**
 * Reads the rows of one table as the votes that they would have as parts of their client's record. A row that holds
 * columns of two tables gives two parts. A row that cannot be read, or that does not fit the columns that are declared,
 * ends the partition with a part that says why.
 *
 * @param columns where the columns stand in a row; the features are those that are declared
 * @param pieces the tables whose columns the rows have
 * @param named what reasons begin with to name the table; empty for the root table
 */
record ClientBallots(DiscoveryCells cells, PrivateColumns columns, List<Piece> pieces, String named)
        implements MapPartitionsFunction<Row, Row> {

    /** Index of the root table. */
    static final int ROOT = -1;

    static final String KEY = "key";

    /** The digest, SHA-256 of the key and the columns of one table, orders the rows of a client. */
    static final StructType SCHEMA = new StructType()
            .add(KEY, DataTypes.StringType, true)
            .add("table", DataTypes.IntegerType, false)
            .add("digest", DataTypes.BinaryType, true)
            .add("cells", DataTypes.createArrayType(DataTypes.IntegerType), true)
            .add("partitions", DataTypes.createArrayType(DataTypes.StringType), true)
            .add("problem", DataTypes.StringType, true);

    private static final long serialVersionUID = 1L;

    ClientBallots {
        pieces = List.copyOf(pieces);
    }

    /**
     * The columns of one table, some of which may be declared and not examined.
     *
     * @param table index of the child table, or {@link #ROOT}
     * @param at index of the first of them in the client's record
     * @param from index in a row of the first column to examine
     * @param to index in a row after the last column to examine
     * @param declared indices in a row of the columns that are declared
     * @param order index in a row of the column that orders the rows; -1 for none
     */
    record Piece(int table, int at, int from, int to, List<Integer> declared, int order)
            implements java.io.Serializable {
        private static final long serialVersionUID = 1L;

        Piece {
            declared = List.copyOf(declared);
        }
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        MessageDigest sha256 = Sha256.function();
        return new ReadAhead<>() {
            private Row row;
            private int piece;

            @Override
            protected Row read() {
                if (row == null) {
                    if (!rows.hasNext()) {
                        return null;
                    }
                    row = rows.next();
                    String problem = problem(row);
                    if (problem != null) {
                        return last(RowFactory.create(null, ROOT, null, null, null, named + problem));
                    }
                }
                Row part = part(row, pieces.get(piece), sha256);
                piece = (piece + 1) % pieces.size();
                row = piece == 0 ? null : row;
                return part;
            }
        };
    }

    private String problem(Row row) {
        try {
            columns.requireSound(row);
            columns.client(row);
            columns.features(row);
            columns.label(row);
        } catch (UndeclaredValueException e) {
            return e.getMessage();
        }
        return pieces.stream().anyMatch(piece -> piece.order() >= 0 && DiscoveryCells.isNull(row.get(piece.order())))
                ? "a row has no value in the column of `order`: fill it in, or remove such rows"
                : null;
    }

    private Row part(Row row, Piece piece, MessageDigest sha256) {
        String client = columns.client(row).toString();
        List<Object> values = new ArrayList<>();
        update(sha256, client);
        for (int i = piece.from(); i < piece.to(); i++) {
            values.add(row.get(i));
            update(sha256, row.get(i));
        }
        piece.declared().forEach(column -> update(sha256, row.get(column)));
        Ballot ballot = cells.ballotFrom(piece.at(), values.toArray());
        return RowFactory.create(
                client,
                piece.table(),
                sha256.digest(),
                ballot.cells().toArray(),
                ballot.partitions().toArray(),
                null);
    }

    /** Each value with its length, so that different rows give different bytes. */
    private static void update(MessageDigest sha256, Object value) {
        if (value == null) {
            sha256.update((byte) 0);
            return;
        }
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        sha256.update((byte) 1);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
        sha256.update(text);
    }
}
