package org.privateevolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.embedding.TabularEmbedder;
import org.privateevolution.estimate.ReleasedCounts;
import org.privateevolution.model.ColumnType;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TableRow;
import org.privateevolution.model.TableSchema;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.vector.Metric;

class PastVoteTest {

    private final TabularEmbedder embedder = new TabularEmbedder(
            new TableSchema(List.of(new NumericColumn("n", ColumnType.parse("integer"), 0, 9, false, false))),
            1,
            1.0 / 3);

    private static TableRow row(double code) {
        return new TableRow(new double[] {code});
    }

    /** Two candidates of the first label share its rows' votes, although three neighbours are asked for. */
    @Test
    void aVoteIsSharedByAsManyCandidatesAsThereAre() {
        float[] candidates = embedder.embed(List.of(row(0), row(9), row(1), row(2), row(8), row(9)));
        NoisyHistogram votes = NoisyHistogram.restored("vote-001", 1, new long[6]);
        PastVote vote = new PastVote(votes, Metric.L2, 3, candidates, embedder.dimension(), 0, 2, 6);
        RowPool pool = new RowPool(List.of(row(3), row(4), row(0)), List.of(0, 0, 1), embedder);

        ReleasedCounts counts = vote.over(pool, ReleasedCounts.Scale.ONE).get(0);

        double[] predicted = counts.partition().sums(new double[] {1, 1, 1});
        double half = Math.sqrt(0.5);
        double third = Math.sqrt(1.0 / 3);
        double[] expected = {2 * half, 2 * half, third, third, third, 0};
        for (int i = 0; i < expected.length; i++) {
            assertThat(predicted[i]).isCloseTo(expected[i], within(1e-12));
        }
    }
}
