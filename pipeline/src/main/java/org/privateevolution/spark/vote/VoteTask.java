package org.privateevolution.spark.vote;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.run.SearchEffort;
import org.privateevolution.spark.vectors.VectorBlock;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;
import org.privateevolution.vector.Search;
import org.privateevolution.vector.Winners;

/**
 * Counts the votes of one partition of private records. Each record votes for its nearest candidates among those of its
 * own label.
 */
final class VoteTask extends ReleaseTask {

    private static final long serialVersionUID = 1L;

    private final String run;
    private final String vote;
    private final CandidateVectors candidates;
    private final Metric metric;
    private final int neighbors;
    private final PrivacyUnit unit;
    private final String kernel;
    private final boolean counted;
    private final ClientBlocks.Joining joining;

    /**
     * @param run unique id of the run
     * @param vote unique id of the vote
     * @param kernel one of {@link Kernels#NAMES}
     * @param counted whether to count the effort, which discloses the number of records
     * @param joining how all records of a client become one; null if every record votes
     */
    VoteTask(
            String run,
            String vote,
            CandidateVectors candidates,
            Metric metric,
            int neighbors,
            PrivacyUnit unit,
            String kernel,
            boolean counted,
            ClientBlocks.Joining joining) {
        this.run = run;
        this.vote = vote;
        this.candidates = candidates;
        this.metric = metric;
        this.neighbors = neighbors;
        this.unit = unit;
        this.kernel = kernel;
        this.counted = counted;
        this.joining = joining;
    }

    @Override
    int candidates() {
        return candidates.size();
    }

    @Override
    SearchEffort count(Iterator<VectorBlock> records, VoteHistogram histogram) {
        Iterator<VectorBlock> blocks = joining == null ? records : new ClientBlocks(records, joining);
        NearestNeighborKernel searching = null;
        SearchEffort effort = SearchEffort.NONE;
        ClientVotes clientVotes = ClientVotes.normalised(histogram);
        while (blocks.hasNext()) {
            VectorBlock block = blocks.next();
            if (searching == null) {
                searching = ExecutorKernel.named(kernel, mostMultiplyAdds(block));
                effort = SearchEffort.uncounted(searching.name());
            }
            int[] labels = block.labels();
            for (int first = 0; first < labels.length; ) {
                int end = first + 1;
                while (end < labels.length && labels[end] == labels[first]) {
                    end++;
                }
                effort = effort.plus(castRun(searching, block, first, end, histogram, clientVotes));
                first = end;
            }
            if (unit == PrivacyUnit.CLIENT) {
                clientVotes.castBelow(Arrays.stream(block.clients()).max().orElse(0));
            }
        }
        clientVotes.castAll();
        return effort;
    }

    /** For a partition that begins with this block. A full block is followed by an unknown number of others. */
    private double mostMultiplyAdds(VectorBlock first) {
        if (first.isFull()) {
            return Double.POSITIVE_INFINITY;
        }
        double pairs = 0;
        for (int label : first.labels()) {
            pairs += candidates.size(label);
        }
        return pairs * candidates.dimension();
    }

    /** Only a search for a single neighbour yields winners that help the next search. */
    private boolean remembers() {
        return neighbors == 1;
    }

    /**
     * Casts the votes of rows {@code first} (inclusive) to {@code end} (exclusive), which have one label. If the label
     * has no candidates, its records cast no vote.
     */
    private SearchEffort castRun(
            NearestNeighborKernel searching,
            VectorBlock block,
            int first,
            int end,
            VoteHistogram histogram,
            ClientVotes clientVotes) {
        int label = block.labels()[first];
        int k = Math.min(neighbors, candidates.size(label));
        if (k == 0) {
            return SearchEffort.NONE;
        }
        CandidateIndex index = ExecutorIndexes.get(
                run,
                vote,
                label,
                before -> candidates.index(label, searching, metric, before.filter(last -> remembers())));
        ExecutorWinners.Rows searched = new ExecutorWinners.Rows(block.id(), first);
        int[] nearest = new int[(end - first) * k];
        long start = System.nanoTime();
        Search search = index.search(
                block.vectors(),
                first,
                end - first,
                k,
                nearest,
                remembers() ? ExecutorWinners.shared().of(searched) : Winners.NONE);
        long nanos = System.nanoTime() - start;
        ExecutorKernel.searched(search.multiplyAdds());
        if (remembers()) {
            ExecutorWinners.shared().keep(searched, search.winners());
        }
        int offset = candidates.offset(label);
        long[] votes = new long[k];
        Arrays.fill(votes, VoteGrid.vote(k));
        for (int row = first; row < end; row++) {
            int[] chosen = new int[k];
            for (int i = 0; i < k; i++) {
                chosen[i] = offset + nearest[(row - first) * k + i];
            }
            if (unit == PrivacyUnit.CLIENT) {
                clientVotes.add(block.clients()[row], chosen);
            } else {
                Arrays.sort(chosen);
                histogram.addUnit(chosen, votes);
            }
        }
        if (!counted) {
            return SearchEffort.NONE;
        }
        double bruteForce = (double) (end - first) * index.size() * index.dimension();
        return new SearchEffort(end - first, nanos, search.multiplyAdds(), bruteForce, Set.of());
    }
}
