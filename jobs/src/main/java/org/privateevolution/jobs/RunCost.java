package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.privateevolution.evolution.LabelAllocation;
import org.privateevolution.evolution.SampleEstimate;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.RunSpec.Fractions;
import org.privateevolution.model.RunSpec.PopulationRule;
import org.privateevolution.model.RunSpec.Published;
import org.privateevolution.model.UndiscoveredTable;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.vectors.ClusterEmbedder;

/**
 * The cost of a run, as far as its configuration determines it. Label shares that a noisy count will measure are not
 * known yet: they are assumed to be uniform, and every record is assumed to be compared with all candidates.
 *
 * @param dimension number of floats of an embedding; 0 if the run is to discover its columns, so that everything that
 *     depends on vectors is unknown
 * @param votes cost of each vote, in order
 * @param randomSamples number of samples from RANDOM_API
 * @param variationSamples number of samples from VARIATION_API that join populations
 * @param lookaheadSamples number of samples from VARIATION_API that only stand for candidates
 * @param driverBytes approximate peak memory of the driver for candidates, their vectors and histograms
 */
record RunCost(
        int dimension,
        List<VoteCost> votes,
        long randomSamples,
        long variationSamples,
        long lookaheadSamples,
        long driverBytes) {

    /** Bytes for the id, label, parent and object headers of a sample. */
    private static final long SAMPLE_BYTES = 200;

    /**
     * Copies of the vectors: the vectors themselves, the chunks cut from them, and the blocks that are served to
     * executors.
     */
    private static final int VECTOR_COPIES = 3;

    /** Vectors per sample in an estimate: its own, and that of its candidate as it is and packed for searches. */
    private static final int KEPT_VECTORS = 3;

    /** Bytes of lookahead samples that are held at the same time. */
    private static final long LOOKAHEAD_BYTES = 1L << 26;

    /** Number of partial histograms that the driver adds up at the same time. */
    private static final int PARTIAL_HISTOGRAMS = 16;

    /**
     * The cost of one vote.
     *
     * @param candidates number of candidates over all labels
     * @param comparisons largest number of candidates that one private record is compared with
     * @param broadcastBytes bytes sent to each executor
     * @param chunks number of chunks of the broadcast
     */
    record VoteCost(long candidates, long comparisons, long broadcastBytes, long chunks) {}

    RunCost {
        votes = List.copyOf(votes);
    }

    static RunCost of(RunSpec spec) {
        return new Estimate(spec).cost();
    }

    /** Whether the size of the vectors is known. */
    boolean knowsVectors() {
        return dimension > 0;
    }

    /** Number of samples that the generation API makes. */
    long samples() {
        return randomSamples + variationSamples + lookaheadSamples;
    }

    /** Number of candidates of all votes together. */
    long candidates() {
        return votes.stream().mapToLong(VoteCost::candidates).sum();
    }

    /** The vote with the largest broadcast. */
    VoteCost largest() {
        return Collections.max(votes, (a, b) -> Long.compare(a.broadcastBytes(), b.broadcastBytes()));
    }

    /** Largest number of multiply-adds for the votes of {@code rows} private records. */
    double multiplyAdds(long rows) {
        return votes.stream()
                        .mapToDouble(vote -> (double) vote.comparisons() * dimension)
                        .sum()
                * rows;
    }

    /** Follows the populations of a run. */
    private static final class Estimate {

        private final RunSpec spec;
        private final double[] shares;
        private final int dimension;
        private final List<VoteCost> votes = new ArrayList<>();
        private long random;
        private long variations;
        private long lookahead;
        private long driverBytes;
        private long kept;

        Estimate(RunSpec spec) {
            this.spec = spec;
            this.shares = new double[Math.max(1, spec.labels().names().size())];
            Arrays.fill(shares, 1);
            if (spec.labels().fractions() instanceof Fractions.Declared declared) {
                Arrays.setAll(shares, label -> declared.shares().get(label));
            }
            this.dimension =
                    spec.modality() instanceof UndiscoveredTable ? 0 : PrivateEvolution.embeddingDimension(spec);
        }

        RunCost cost() {
            RunSpec.Evolution evolution = spec.evolution();
            long[] population = allocate(0);
            random += sum(population);
            variations += sum(population) * evolution.initialVariationFold();
            scale(population, 1L + evolution.initialVariationFold());
            for (int vote = 1; vote <= evolution.votes(); vote++) {
                vote(population);
                PopulationRule rule = evolution.rules().get(vote - 1);
                boolean last = vote == evolution.votes();
                if (last && keepsAll()) {
                    break;
                }
                boolean published = last && spec.output().published() == Published.SELECTED;
                population = next(population, allocate(vote), published ? rule.keepingOnlySelected() : rule);
            }
            return new RunCost(dimension, votes, random, variations, lookahead, driverBytes + remembered());
        }

        /** Vectors of texts and images, which are remembered, some of them since they were embedded ahead. */
        private long remembered() {
            if (dimension == 0 || spec.modality().content().isEmpty()) {
                return 0;
            }
            // Beside columns, those of the texts alone are remembered, too.
            return spec.modality().parts().size()
                    * ClusterEmbedder.rememberedBytes(dimension, random + variations + lookahead);
        }

        /**
         * An estimate of texts or images holds all samples ever made and the candidates of all votes, and is largest at
         * the end.
         */
        private boolean keepsAll() {
            return spec.evolution().estimates() && !spec.estimatesTable();
        }

        private long[] allocate(int entry) {
            int samples = spec.evolution().schedule().get(entry);
            return Arrays.stream(LabelAllocation.allocate(samples, shares))
                    .asLongStream()
                    .toArray();
        }

        private void vote(long[] population) {
            long candidates = sum(population);
            long bytes = candidates * dimension * Float.BYTES;
            long rowsPerChunk = Math.max(
                    1, ((long) spec.vote().broadcastChunkMiB() << 20) / (Math.max(1L, dimension) * Float.BYTES));
            long chunks = Arrays.stream(population)
                    .map(size -> (size + rowsPerChunk - 1) / rowsPerChunk)
                    .sum();
            boolean sharesKnown = !(spec.labels().fractions() instanceof Fractions.Noisy);
            long comparisons = sharesKnown ? Arrays.stream(population).max().orElseThrow() : candidates;
            votes.add(new VoteCost(candidates, comparisons, bytes, chunks));
            long lookaheadVectors = candidates * spec.evolution().lookahead();
            lookahead += lookaheadVectors;
            long sampleBytes = SAMPLE_BYTES + spec.modality().sampleBytes();
            long piece = Math.min(lookaheadVectors * dimension * Float.BYTES, LOOKAHEAD_BYTES);
            kept += keepsAll() ? KEPT_VECTORS * bytes + kept(candidates, sampleBytes) : 0;
            driverBytes = Math.max(
                    driverBytes,
                    kept
                            + bytes * VECTOR_COPIES
                            + VECTOR_COPIES * piece
                            + lookaheadVectors * sampleBytes
                            + candidates * (sampleBytes + PARTIAL_HISTOGRAMS * Long.BYTES));
        }

        /** Bytes that an estimate keeps of the candidates and their variations. */
        private long kept(long candidates, long sampleBytes) {
            int variations = dimension == 0 ? 0 : SampleEstimate.variationsKept(spec.evolution(), dimension);
            long cells = (long) spec.evolution().votes() * spec.vote().neighbors() * Integer.BYTES;
            long vectorBytes = (long) dimension * Float.BYTES;
            return candidates * ((1L + variations) * (sampleBytes + cells) + variations * vectorBytes);
        }

        private long[] next(long[] population, long[] selected, PopulationRule rule) {
            long[] next = new long[selected.length];
            for (int label = 0; label < next.length; label++) {
                if (population[label] == 0) {
                    random += selected[label];
                    next[label] = selected[label];
                } else {
                    variations += selected[label] * rule.variationFold();
                    next[label] = selected[label] * (rule.variationFold() + (rule.keepSelected() ? 1 : 0));
                }
            }
            return next;
        }

        private static void scale(long[] counts, long factor) {
            Arrays.setAll(counts, i -> counts[i] * factor);
        }

        private static long sum(long[] counts) {
            return Arrays.stream(counts).sum();
        }
    }
}
