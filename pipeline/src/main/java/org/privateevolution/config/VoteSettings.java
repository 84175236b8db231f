package org.privateevolution.config;

import org.privateevolution.model.RunSpec;
import org.privateevolution.vector.Metric;

/** How private records vote. */
final class VoteSettings extends Group<RunSpec.Vote> {

    final Setting<Metric> metric =
            word("metric", Metric.L2, RunSpec.Vote::metric).means("How near a candidate is to a private record.");
    final Setting<Integer> neighbors = value("neighbors", Whole.between(1, 32), 1, RunSpec.Vote::neighbors)
            .means("Nearest candidates that share a record's vote, 1/sqrt(neighbors) each.");
    final Setting<Integer> broadcastChunkMiB = value(
                    "broadcast_chunk_mib", Whole.between(1, 1024), 64, RunSpec.Vote::broadcastChunkMiB)
            .free()
            .means("Largest piece, in MiB, in which candidates are broadcast to executors.");

    RunSpec.Vote read(Section section) {
        return section.make(
                () -> new RunSpec.Vote(section.get(metric), section.get(neighbors), section.get(broadcastChunkMiB)));
    }
}
