package org.privateevolution.spark.vote;

import java.util.Arrays;
import java.util.Iterator;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.run.SearchEffort;
import org.privateevolution.spark.vectors.VectorBlock;
import org.privateevolution.table.MarginalCells;
import org.privateevolution.table.MarginalQuery;

/**
 * Counts several marginals of one partition of private records. A record lies in one cell of each of the m marginals
 * and gives each of these cells 1/sqrt(m), so its votes have L2 norm 1 over all marginals together. A client's votes
 * are normalised jointly, as in a nearest-neighbour vote; or, if a client is one record, each of its n joined rows
 * gives its cells 1/(n sqrt(m)), see {@link VoteGrid#clientMeans}.
 */
final class MarginalCountTask extends ReleaseTask {

    private static final long serialVersionUID = 1L;

    private final TableSchema schema;
    private final TabularEmbedder embedder;
    private final int labels;
    private final MarginalQuery query;
    private final PrivacyUnit unit;
    private final boolean clientIsRecord;

    /**
     * @param embedder the embedder of the private rows, which recovers the rows from their vectors
     * @param clientIsRecord whether all rows of a client are one record; only with the client as the unit
     */
    MarginalCountTask(
            TableSchema schema,
            TabularEmbedder embedder,
            int labels,
            MarginalQuery query,
            PrivacyUnit unit,
            boolean clientIsRecord) {
        this.schema = schema;
        this.embedder = embedder;
        this.labels = labels;
        this.query = query;
        this.unit = unit;
        this.clientIsRecord = clientIsRecord;
    }

    @Override
    int candidates() {
        return cells().size();
    }

    private MarginalCells cells() {
        return new MarginalCells(schema, labels, query);
    }

    @Override
    SearchEffort count(Iterator<VectorBlock> blocks, VoteHistogram histogram) {
        MarginalCells cells = cells();
        ClientVotes clientVotes = clientIsRecord ? ClientVotes.means(histogram) : ClientVotes.normalised(histogram);
        int[] chosen = new int[cells.marginals()];
        long[] votes = new long[chosen.length];
        Arrays.fill(votes, VoteGrid.vote(chosen.length));
        while (blocks.hasNext()) {
            VectorBlock block = blocks.next();
            for (int row = 0; row < block.rows(); row++) {
                // A vector begins with the row's floats, and may have more.
                int dimension = block.vectors().length / block.rows();
                TableRow features = embedder.row(block.vectors(), row * dimension);
                cells.cells(block.labels()[row], features, chosen);
                if (unit == PrivacyUnit.CLIENT) {
                    clientVotes.add(block.clients()[row], chosen);
                } else {
                    histogram.addUnit(chosen, votes);
                }
            }
            if (unit == PrivacyUnit.CLIENT) {
                clientVotes.castBelow(Arrays.stream(block.clients()).max().orElse(0));
            }
        }
        clientVotes.castAll();
        return SearchEffort.NONE;
    }
}
