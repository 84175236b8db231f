package org.privateevolution.config;

import org.privateevolution.model.RunSpec;
import org.privateevolution.vector.Metric;

/** How private records vote. */
final class VoteSettings extends Group<RunSpec.Vote> {

    final Setting<Metric> metric = value(
            "metric",
            Words.of(Metric.class),
            Metric.L2,
            "How near a candidate is to a private record.",
            RunSpec.Vote::metric);
    final Setting<Integer> neighbors = value(
            "neighbors",
            Whole.between(1, 32),
            1,
            "Nearest candidates that share a record's vote, 1/sqrt(neighbors) each.",
            RunSpec.Vote::neighbors);
    final Setting<Integer> broadcastChunkMiB = value(
            "broadcast_chunk_mib",
            Whole.between(1, 1024),
            64,
            "Largest piece, in MiB, in which candidates are broadcast to executors.",
            RunSpec.Vote::broadcastChunkMiB,
            Trait.FREE);

    VoteSettings(String path) {
        super(path);
    }

    RunSpec.Vote read(Section section) {
        return section.make(
                () -> new RunSpec.Vote(section.get(metric), section.get(neighbors), section.get(broadcastChunkMiB)));
    }
}
