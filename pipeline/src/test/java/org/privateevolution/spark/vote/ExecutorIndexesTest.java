package org.privateevolution.spark.vote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

class ExecutorIndexesTest {

    private final String run = UUID.randomUUID().toString();
    private final List<Optional<CandidateIndex>> packedAfter = new ArrayList<>();

    @Test
    void aVotePacksEachLabelOnce() {
        CandidateIndex first = get(run, "vote 1", 0);
        CandidateIndex other = get(run, "vote 1", 1);

        assertThat(get(run, "vote 1", 0)).isSameAs(first);
        assertThat(get(run, "vote 1", 1)).isSameAs(other);
        assertThat(packedAfter).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void theNextVotePacksAfterTheIndexOfTheSameLabel() {
        get(run, "vote 1", 0);
        CandidateIndex before = get(run, "vote 1", 1);
        get(run, "vote 2", 1);

        assertThat(packedAfter.get(2)).containsSame(before);
    }

    @Test
    void runsThatVoteAtTheSameTimeLeaveEachOtherAlone() {
        String another = UUID.randomUUID().toString();
        CandidateIndex ours = get(run, "vote 1", 0);
        CandidateIndex theirs = get(another, "vote 7", 0);

        assertThat(get(run, "vote 1", 0)).isSameAs(ours);
        assertThat(get(another, "vote 7", 0)).isSameAs(theirs);
        assertThat(packedAfter).containsExactly(Optional.empty(), Optional.empty());
    }

    private CandidateIndex get(String ofRun, String vote, int label) {
        return ExecutorIndexes.get(ofRun, vote, label, before -> {
            packedAfter.add(before);
            return Kernels.scalar().index(Metric.L2, 1, List.of(new float[] {label}));
        });
    }
}
