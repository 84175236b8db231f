package org.privateevolution.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;
import org.privateevolution.vector.Pruning;
import org.privateevolution.vector.Winners;

/**
 * Searches in turns with FAISS IndexFlatL2, with one thread each. Times are CPU seconds of the searching threads, so
 * that other work on the machine affects both sides of a round alike, or neither.
 */
public final class KernelComparison {

    private static final String USAGE =
            """
            usage: bench-kernel [--json] [--rounds 7] [--k 1] [--kernel auto|vector|scalar] [--check 0]
                                [--shape NxMxd]... [--table NxMxUxCxK]... [--trace FOLDER:VOTE[:NxM]]...
              --shape   standard normal vectors
              --table   rows of U numbers and C categories of K each, one-hot
              --trace   the rows and candidates of label 0 in a vote that record-trace recorded, from 1; \
            the first N and M
              --check   rows whose neighbours are compared with those of sums in double over all candidates
              --json    one JSON object a shape: shape, source, k, kernel, gflops, ratio_blas \
            (gflops / those of a product
                        of matrices by BLAS, before and after), ratio_brute (FAISS time / our time, median over the
                        rounds; these are null without FAISS), ratio_kept (with the winners of a trace's vote
                        before), ratio_pruned (with these and pruning by directions forced), spread, spread_kept and
                        spread_pruned (lowest and highest ratio), scored (share of all multiply-adds that pruning \
            left), agreement (share of
                        neighbours that FAISS finds too), checked and differences
            """;
    private static final List<String> SHAPES =
            List.of("50000x2000x32", "20000x4000x384", "20000x20000x384", "10000x4000x768", "10000x4000x2048");

    private boolean json;
    private int rounds = 7;
    private int k = 1;
    private String kernel = "auto";
    private int check;
    private final List<Vectors> sources = new ArrayList<>();

    private KernelComparison() {}

    /** Called by scripts/bench-kernel, which passes the interpreter and the peer's script before the user's options. */
    public static void main(String[] args) throws IOException {
        KernelComparison comparison = new KernelComparison();
        if (!comparison.parse(List.of(args).subList(2, args.length))) {
            System.err.print(USAGE);
            System.exit(2);
        }
        comparison.run(Path.of(args[0]), Path.of(args[1]));
    }

    private boolean parse(List<String> options) throws IOException {
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            if (option.equals("--json")) {
                json = true;
            } else if (i + 1 == options.size()) {
                return false;
            } else {
                String value = options.get(++i);
                switch (option) {
                    case "--rounds" -> rounds = Integer.parseInt(value);
                    case "--k" -> k = Integer.parseInt(value);
                    case "--kernel" -> kernel = value;
                    case "--check" -> check = Integer.parseInt(value);
                    case "--shape" -> sources.add(Vectors.of(Shape.parse(value)));
                    case "--table" -> sources.add(Vectors.ofTable(value));
                    case "--trace" -> sources.add(Vectors.ofTrace(value));
                    default -> {
                        return false;
                    }
                }
            }
        }
        if (sources.isEmpty()) {
            SHAPES.forEach(shape -> sources.add(Vectors.of(Shape.parse(shape))));
        }
        return true;
    }

    private void run(Path python, Path script) throws IOException {
        NearestNeighborKernel chosen = Kernels.named(kernel);
        System.err.println(Kernels.calibration().reason());
        if (!Files.isExecutable(python)) {
            System.err.println("no " + python + ": our times only");
        }
        for (Vectors vectors : sources) {
            if (Files.isExecutable(python)) {
                try (FaissPeer peer = new FaissPeer(
                        python,
                        script,
                        vectors.queries(),
                        vectors.candidates(),
                        vectors.shape().dimension(),
                        k)) {
                    print(chosen, vectors, measure(chosen, vectors, Optional.of(peer)));
                }
            } else {
                print(chosen, vectors, measure(chosen, vectors, Optional.empty()));
            }
        }
    }

    private Measured measure(NearestNeighborKernel chosen, Vectors vectors, Optional<FaissPeer> peer)
            throws IOException {
        Shape shape = vectors.shape();
        List<float[]> candidates = List.of(vectors.candidates());
        CandidateIndex brute = chosen.with(Pruning.NEVER).index(Metric.L2, shape.dimension(), candidates);
        Remembered remembered = remember(chosen, vectors);
        CandidateIndex kept =
                chosen.with(Pruning.NEVER).index(Metric.L2, shape.dimension(), candidates, remembered.index);
        CandidateIndex pruned =
                chosen.with(Pruning.ALWAYS).index(Metric.L2, shape.dimension(), candidates, remembered.index);
        int[] keptNeighbors = new int[shape.queries() * k];
        int[] neighbors = new int[shape.queries() * k];
        int[] prunedNeighbors = new int[shape.queries() * k];
        double[] seconds = new double[rounds];
        double[] blasRatios = new double[rounds];
        double[] ratios = new double[rounds];
        double[] keptRatios = new double[rounds];
        double[] prunedRatios = new double[rounds];
        double share = 1;
        // The first round is a warm-up.
        for (int round = -1; round < rounds; round++) {
            double blasBefore = peer.isPresent() ? peer.get().blasGflops() : Double.NaN;
            double ours = cpuSeconds(() -> brute.search(vectors.queries(), 0, shape.queries(), k, neighbors));
            double blasAfter = peer.isPresent() ? peer.get().blasGflops() : Double.NaN;
            double theirs = peer.isPresent() ? peer.get().search() : 0;
            long[] multiplyAdds = new long[1];
            double oursKept = cpuSeconds(
                    () -> kept.search(vectors.queries(), 0, shape.queries(), k, keptNeighbors, remembered.winners));
            double oursPruned = cpuSeconds(() -> multiplyAdds[0] = pruned.search(
                            vectors.queries(), 0, shape.queries(), k, prunedNeighbors, remembered.winners)
                    .multiplyAdds());
            share = multiplyAdds[0] / (shape.operations() / 2);
            if (round >= 0) {
                seconds[round] = ours;
                blasRatios[round] = shape.operations() / ours / 1e9 / ((blasBefore + blasAfter) / 2);
                // Without FAISS, the pruned ratio is relative to brute force.
                ratios[round] = peer.isPresent() ? theirs / ours : 1;
                keptRatios[round] = (peer.isPresent() ? theirs : ours) / oursKept;
                prunedRatios[round] = (peer.isPresent() ? theirs : ours) / oursPruned;
            }
        }
        if (!Arrays.equals(neighbors, prunedNeighbors) || !Arrays.equals(neighbors, keptNeighbors)) {
            throw new IllegalStateException("pruning changed neighbours of " + shape);
        }
        Arrays.sort(seconds);
        Arrays.sort(blasRatios);
        Arrays.sort(ratios);
        Arrays.sort(keptRatios);
        Arrays.sort(prunedRatios);
        int checked = Math.min(check, shape.queries());
        return new Measured(
                shape.operations() / seconds[rounds / 2] / 1e9,
                peer.isPresent(),
                blasRatios,
                ratios,
                keptRatios,
                prunedRatios,
                share,
                peer.isPresent() ? agreement(neighbors, peer.get().neighbors()) : Double.NaN,
                checked,
                differences(vectors, neighbors, checked));
    }

    /** The search of the previous vote, which an executor remembers. */
    private Remembered remember(NearestNeighborKernel chosen, Vectors vectors) {
        int candidates = vectors.before().length / vectors.shape().dimension();
        if (candidates < k) {
            return new Remembered(Optional.empty(), Winners.NONE);
        }
        CandidateIndex index = chosen.index(Metric.L2, vectors.shape().dimension(), List.of(vectors.before()));
        int rows = vectors.shape().queries();
        return new Remembered(
                Optional.of(index),
                index.search(vectors.queries(), 0, rows, k, new int[rows * k]).winners());
    }

    /** Number of rows whose neighbours differ from the definition: by score in double, then by index. */
    private int differences(Vectors vectors, int[] neighbors, int rows) {
        int dimension = vectors.shape().dimension();
        int differences = 0;
        for (int row = 0; row < rows; row++) {
            double[] scores = new double[vectors.shape().candidates()];
            for (int candidate = 0; candidate < scores.length; candidate++) {
                scores[candidate] = Metric.L2.score(
                        vectors.queries(), row * dimension, vectors.candidates(), candidate * dimension, dimension);
            }
            int[] nearest = IntStream.range(0, scores.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer candidate) -> -scores[candidate])
                            .thenComparingInt(candidate -> candidate))
                    .limit(k)
                    .mapToInt(Integer::intValue)
                    .toArray();
            if (!Arrays.equals(neighbors, row * k, (row + 1) * k, nearest, 0, k)) {
                differences++;
            }
        }
        return differences;
    }

    private static double cpuSeconds(Runnable search) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        search.run();
        return (threads.getCurrentThreadCpuTime() - start) / 1e9;
    }

    private static double agreement(int[] ours, int[] theirs) {
        int same = 0;
        for (int i = 0; i < ours.length; i++) {
            if (ours[i] == theirs[i]) {
                same++;
            }
        }
        return (double) same / ours.length;
    }

    private void print(NearestNeighborKernel chosen, Vectors vectors, Measured measured) {
        if (json) {
            System.out.printf(
                    Locale.ROOT,
                    "{\"shape\":\"%s\",\"source\":\"%s\",\"k\":%d,\"kernel\":\"%s\",\"gflops\":%.1f,\"ratio_blas\":%s,"
                            + "\"ratio_brute\":%s,\"ratio_kept\":%s,\"ratio_pruned\":%s,"
                            + "\"spread\":%s,\"spread_kept\":%s,"
                            + "\"spread_pruned\":%s,\"scored\":%.3f,"
                            + "\"agreement\":%s,\"checked\":%d,\"differences\":%d}%n",
                    vectors.shape(),
                    vectors.source(),
                    k,
                    chosen.name(),
                    measured.gflops,
                    measured.compared ? decimal(median(measured.blasRatios)) : "null",
                    measured.compared ? decimal(median(measured.ratios)) : "null",
                    measured.compared ? decimal(median(measured.keptRatios)) : "null",
                    measured.compared ? decimal(median(measured.prunedRatios)) : "null",
                    measured.compared ? spread(measured.ratios) : "null",
                    measured.compared ? spread(measured.keptRatios) : "null",
                    measured.compared ? spread(measured.prunedRatios) : "null",
                    measured.scored,
                    measured.compared ? String.format(Locale.ROOT, "%.6f", measured.agreement) : "null",
                    measured.checked,
                    measured.differences);
        } else {
            System.out.printf(
                    Locale.ROOT,
                    "%-16s k %-2d %-6s %6.1f GFLOPS, brute force %s, kept %s, pruned %s x %s, %.0f%% scored, %d of"
                            + " %d differ%n",
                    vectors.shape(),
                    k,
                    chosen.name(),
                    measured.gflops,
                    decimal(median(measured.ratios)),
                    decimal(median(measured.keptRatios)),
                    decimal(median(measured.prunedRatios)),
                    measured.compared ? "FAISS" : "brute force",
                    100 * measured.scored,
                    measured.differences,
                    measured.checked);
        }
    }

    private static double median(double... sorted) {
        return sorted[sorted.length / 2];
    }

    private static String spread(double... sorted) {
        return "[" + decimal(sorted[0]) + "," + decimal(sorted[sorted.length - 1]) + "]";
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    @SuppressWarnings("ArrayRecordComponent") // carries results from one method to the next, and is never compared
    private record Measured(
            double gflops,
            boolean compared,
            double[] blasRatios,
            double[] ratios,
            double[] keptRatios,
            double[] prunedRatios,
            double scored,
            double agreement,
            int checked,
            int differences) {}

    private record Remembered(Optional<CandidateIndex> index, Winners winners) {}
}
