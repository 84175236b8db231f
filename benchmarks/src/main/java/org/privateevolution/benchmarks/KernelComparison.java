package org.privateevolution.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.privateevolution.vector.CandidateIndex;
import org.privateevolution.vector.Kernels;
import org.privateevolution.vector.Metric;
import org.privateevolution.vector.NearestNeighborKernel;

/**
 * Searches in turns with FAISS IndexFlatL2, one thread each. Times are CPU seconds of the searching threads, so that other
 * work on the machine moves both sides of a round alike, or neither.
 */
public final class KernelComparison {

    private static final String USAGE =
            """
            usage: bench-kernel [--json] [--rounds 7] [--k 1] [--kernel auto|vector|scalar] [--shape NxMxd]...
              --json    one JSON object a shape: shape, k, kernel, gflops, ratio_brute (FAISS time / our time, median
                        over the rounds, null without FAISS), spread (lowest and highest ratio), agreement (share of
                        neighbours that FAISS finds too)
            """;
    private static final List<String> SHAPES =
            List.of("50000x2000x32", "20000x4000x384", "20000x20000x384", "10000x4000x768", "10000x4000x2048");

    private boolean json;
    private int rounds = 7;
    private int k = 1;
    private String kernel = "auto";
    private final List<Shape> shapes = new ArrayList<>();

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

    private boolean parse(List<String> options) {
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
                    case "--shape" -> shapes.add(Shape.parse(value));
                    default -> {
                        return false;
                    }
                }
            }
        }
        if (shapes.isEmpty()) {
            SHAPES.forEach(shape -> shapes.add(Shape.parse(shape)));
        }
        return true;
    }

    private void run(Path python, Path script) throws IOException {
        NearestNeighborKernel chosen = Kernels.named(kernel);
        System.err.println(Kernels.calibration().reason());
        if (!Files.isExecutable(python)) {
            System.err.println("no " + python + ": our times only");
        }
        for (Shape shape : shapes) {
            float[] queries = shape.queryVectors();
            float[] candidates = shape.candidateVectors();
            CandidateIndex index = chosen.index(Metric.L2, shape.dimension(), List.of(candidates));
            if (Files.isExecutable(python)) {
                try (FaissPeer peer = new FaissPeer(python, script, queries, candidates, shape.dimension(), k)) {
                    print(chosen, shape, measure(index, shape, queries, Optional.of(peer)));
                }
            } else {
                print(chosen, shape, measure(index, shape, queries, Optional.empty()));
            }
        }
    }

    private Measured measure(CandidateIndex index, Shape shape, float[] queries, Optional<FaissPeer> peer)
            throws IOException {
        int[] neighbors = new int[shape.queries() * k];
        double[] seconds = new double[rounds];
        double[] ratios = new double[peer.isPresent() ? rounds : 0];
        // The first round warms both sides up.
        for (int round = -1; round < rounds; round++) {
            double ours = cpuSeconds(() -> index.search(queries, 0, shape.queries(), k, neighbors));
            double theirs = peer.isPresent() ? peer.get().search() : 0;
            if (round >= 0) {
                seconds[round] = ours;
                if (peer.isPresent()) {
                    ratios[round] = theirs / ours;
                }
            }
        }
        Arrays.sort(seconds);
        Arrays.sort(ratios);
        double agreement = peer.isPresent() ? agreement(neighbors, peer.get().neighbors()) : Double.NaN;
        return new Measured(shape.operations() / seconds[rounds / 2] / 1e9, ratios, agreement);
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

    private void print(NearestNeighborKernel chosen, Shape shape, Measured measured) {
        double[] ratios = measured.ratios;
        boolean compared = ratios.length > 0;
        if (json) {
            System.out.printf(
                    Locale.ROOT,
                    "{\"shape\":\"%s\",\"k\":%d,\"kernel\":\"%s\",\"gflops\":%.1f,\"ratio_brute\":%s,\"spread\":%s,"
                            + "\"agreement\":%s}%n",
                    shape,
                    k,
                    chosen.name(),
                    measured.gflops,
                    compared ? decimal(ratios[ratios.length / 2]) : "null",
                    compared ? "[" + decimal(ratios[0]) + "," + decimal(ratios[ratios.length - 1]) + "]" : "null",
                    compared ? String.format(Locale.ROOT, "%.6f", measured.agreement) : "null");
        } else {
            System.out.printf(Locale.ROOT, "%-16s k %-2d %-6s %6.1f GFLOPS", shape, k, chosen.name(), measured.gflops);
            System.out.println(
                    compared
                            ? String.format(
                                    Locale.ROOT,
                                    "  %.2f x FAISS (%.2f to %.2f), %.4f%% of neighbours agree",
                                    ratios[ratios.length / 2],
                                    ratios[0],
                                    ratios[ratios.length - 1],
                                    100 * measured.agreement)
                            : "");
        }
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private record Measured(double gflops, double[] ratios, double agreement) {}
}
