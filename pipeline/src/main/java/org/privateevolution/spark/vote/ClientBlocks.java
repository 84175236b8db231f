package org.privateevolution.spark.vote;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.privateevolution.embedding.ClientEmbedder;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.ClientRecord;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableRow;
import org.privateevolution.spark.vectors.VectorBlock;

/**
 * Turns blocks of joined rows into blocks with one vector per client, for votes in which all rows of a client are one
 * record. A client comes out once all its rows have been seen. Client numbers ascend from block to block.
 */
final class ClientBlocks implements Iterator<VectorBlock> {

    /**
     * The way from joined rows to clients.
     *
     * @param rows recovers joined rows from their vectors
     */
    record Joining(TabularEmbedder rows, ClientEmbedder clients) implements Serializable {

        static Joining of(RunSpec.Tabular tabular) {
            return new Joining(TabularEmbedder.of(tabular), ClientEmbedder.of(tabular));
        }
    }

    /** All rows of a client have its label. */
    private record Open(int label, List<TableRow> rows) {}

    private final Iterator<VectorBlock> blocks;
    private final Joining joining;
    private final SortedMap<Integer, Open> open = new TreeMap<>();
    private VectorBlock next;
    private String last = "";

    ClientBlocks(Iterator<VectorBlock> blocks, Joining joining) {
        this.blocks = blocks;
        this.joining = joining;
    }

    @Override
    public boolean hasNext() {
        while (next == null && blocks.hasNext()) {
            VectorBlock block = blocks.next();
            add(block);
            last = block.id();
            next = closed(open.headMap(Arrays.stream(block.clients()).max().orElse(0)), "");
        }
        if (next == null) {
            next = closed(open, "end");
        }
        return next != null;
    }

    @Override
    public VectorBlock next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        VectorBlock block = next;
        next = null;
        return block;
    }

    private void add(VectorBlock block) {
        for (int row = 0; row < block.rows(); row++) {
            int label = block.labels()[row];
            open.computeIfAbsent(block.clients()[row], client -> new Open(label, new ArrayList<>()))
                    .rows()
                    .add(joining.rows()
                            .row(block.vectors(), row * joining.rows().dimension()));
        }
    }

    /** A block of the clients, which are taken away; null if there are none. Its id follows from the last block. */
    private VectorBlock closed(SortedMap<Integer, Open> clients, String part) {
        if (clients.isEmpty()) {
            return null;
        }
        List<Open> byLabel = new ArrayList<>(clients.values());
        clients.clear();
        byLabel.sort(Comparator.comparingInt(Open::label));
        List<ClientRecord> records =
                byLabel.stream().map(client -> new ClientRecord(client.rows())).toList();
        VectorBlock block = new VectorBlock(
                byLabel.stream().mapToInt(Open::label).toArray(),
                new int[0],
                joining.clients().embed(records),
                "");
        return block.named(last + "/clients" + part);
    }
}
