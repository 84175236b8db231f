package org.privateevolution.spark.audit;

import java.util.Arrays;
import java.util.List;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.run.ProbeLoop.Probes;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;

/**
 * Makes sure that each record's nearest probes are its own. By L2 distance they are, because they lie at the record's
 * vector; for other metrics this has to be tried.
 */
final class SelfNearest {

    private static final int MOST_TRIED = 500;

    private final RunSpec spec;

    SelfNearest(RunSpec spec) {
        this.spec = spec;
    }

    /** @throws ConfigurationException if a record would vote for another's probes */
    void require(Probes probes) {
        if (spec.vote().metric() == Metric.L2) {
            return;
        }
        int neighbors = spec.vote().neighbors();
        int dimension = probes.dimension();
        int[] offsets = new Population(0, probes.samples())
                .labelOffsets(spec.labels().names().size());
        for (int label = 0; label < offsets.length - 1; label++) {
            int count = offsets[label + 1] - offsets[label];
            if (count == 0) {
                continue;
            }
            float[] vectors =
                    Arrays.copyOfRange(probes.vectors(), offsets[label] * dimension, offsets[label + 1] * dimension);
            CandidateIndex index = Kernels.scalar().index(spec.vote().metric(), dimension, List.of(vectors));
            int records = count / neighbors;
            int[] nearest = new int[neighbors];
            for (int tried = 0; tried < Math.min(records, MOST_TRIED); tried++) {
                int record = (int) ((long) tried * records / Math.min(records, MOST_TRIED));
                index.search(vectors, record * neighbors, 1, neighbors, nearest);
                if (Arrays.stream(nearest).anyMatch(probe -> probe / neighbors != record)) {
                    throw new ConfigurationException(List.of(
                            "vote.metric: by this metric invented records are not nearest to candidates that lie on"
                                    + " them,"
                                    + " so their votes cannot be distinguished: audit with --set vote.metric=l2,"
                                    + " whose noise and accounting are the same"));
                }
            }
        }
    }
}
