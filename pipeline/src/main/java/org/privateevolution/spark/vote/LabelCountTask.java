package org.privateevolution.spark.vote;

import java.util.Arrays;
import java.util.Iterator;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.privacy.VoteGrid;
import org.privateevolution.privacy.VoteHistogram;
import org.privateevolution.run.SearchEffort;
import org.privateevolution.spark.vectors.VectorBlock;

/**
 * Counts the labels of one partition of private records as votes for labels: one vote per record, or one normalised
 * vector of votes per client.
 */
final class LabelCountTask extends ReleaseTask {

    private static final long serialVersionUID = 1L;

    private final int labels;
    private final PrivacyUnit unit;

    LabelCountTask(int labels, PrivacyUnit unit) {
        this.labels = labels;
        this.unit = unit;
    }

    @Override
    int candidates() {
        return labels;
    }

    @Override
    SearchEffort count(Iterator<VectorBlock> blocks, VoteHistogram histogram) {
        ClientVotes clientVotes = ClientVotes.normalised(histogram);
        while (blocks.hasNext()) {
            VectorBlock block = blocks.next();
            for (int row = 0; row < block.rows(); row++) {
                if (unit == PrivacyUnit.CLIENT) {
                    clientVotes.add(block.clients()[row], block.labels()[row]);
                } else {
                    histogram.addUnit(new int[] {block.labels()[row]}, new long[] {VoteGrid.vote(1)});
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
