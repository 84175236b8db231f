package org.privateevolution.config;

import org.privateevolution.model.RunSpec;
import org.privateevolution.vector.Metric;

/** The section that states how private records vote. */
final class VoteSettings extends Group<RunSpec.Vote> {

    final Setting<Metric> metric =
            word("metric", Metric.L2, RunSpec.Vote::metric).means("Distance between a candidate and a private record.");
    final Setting<Integer> neighbors = value("neighbors", Whole.between(1, 32), 1, RunSpec.Vote::neighbors)
            .means("Number of nearest candidates that share the vote of a record, each with 1/sqrt(neighbors).");
    final Setting<Integer> broadcastChunkMiB = value(
                    "broadcast_chunk_mib", Whole.between(1, 1024), 64, RunSpec.Vote::broadcastChunkMiB)
            .free()
            .means("Largest size of a broadcast of candidates, in MiB; more candidates take several broadcasts.");

    RunSpec.Vote read(Section section) {
        return section.make(
                () -> new RunSpec.Vote(section.get(metric), section.get(neighbors), section.get(broadcastChunkMiB)));
    }
}
