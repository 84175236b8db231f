package org.privateevolution.vector;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Measures the hot loops of this JVM's kernels. Vector API code is hundreds of times slower than it should be if C2
 * does not compile it to vector instructions, because the CPU lacks them or C2 is absent. No property of the JVM tells
 * this in advance.
 */
final class Calibrator {

    private static final String MODULE = "jdk.incubator.vector";

    /** Short calls reach the compiler's thresholds quickly, which matters while every vector is still an object. */
    private static final int WARM_UP_DIMENSION = 8;

    private static final int WARM_UP_CALLS = 64;
    private static final int DIMENSION = 256;
    private static final double GAIN = 1.05;

    /** Compilation is considered complete once nothing has become faster for this long. */
    private static final long SETTLED_NANOS = 100_000_000;

    /** How long to wait for sufficiently fast code on a machine that is busy with other work. */
    private static final long PATIENCE_NANOS = 6_000_000_000L;

    /** Why this JVM has no Vector API kernel; empty if it has one. */
    private final Optional<String> obstacle;

    private final Optional<Timed> vector;
    private final Timed scalar;
    private final double seconds;

    Calibrator() {
        long start = System.nanoTime();
        scalar = time(Kernels.SCALAR, List.of(new ScalarTile()), 0).get(0);
        obstacle = obstacle();
        vector = obstacle.isEmpty() ? fastestTile() : Optional.empty();
        seconds = (System.nanoTime() - start) / 1e9;
    }

    /**
     * The Vector API kernel.
     *
     * @throws IllegalStateException if this JVM has none
     */
    NearestNeighborKernel vector() {
        return vector.map(Timed::kernel)
                .orElseThrow(() -> new IllegalStateException(
                        "kernel is vector, but " + obstacle.orElseThrow() + "; or let kernel be auto"));
    }

    NearestNeighborKernel fastest() {
        return vector.filter(timed -> timed.gflops > scalar.gflops).orElse(scalar).kernel;
    }

    Calibration calibration() {
        double vectorGflops = vector.map(Timed::gflops).orElse(0.0);
        String reason = vector.map(this::comparison).orElseGet(() -> "scalar kernel: " + obstacle.orElseThrow());
        return new Calibration(fastest().name(), reason, vectorGflops, scalar.gflops, seconds);
    }

    private String comparison(Timed timed) {
        TileScorer tile = timed.kernel.scorer();
        return String.format(
                Locale.ROOT,
                "%s kernel: vector %.1f GFLOPS (%d bits, tiles of %d x %d), scalar %.1f",
                fastest().name(),
                timed.gflops,
                VectorTile.bits(),
                tile.queries(),
                tile.lanes(),
                scalar.gflops);
    }

    private static Optional<String> obstacle() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return Optional.of("module " + MODULE + " is absent; start the JVM with --add-modules=" + MODULE);
        }
        int bits = VectorTile.bits();
        return VectorTile.forBits(bits).isEmpty()
                ? Optional.of("vectors of " + bits + " bits are not supported")
                : Optional.empty();
    }

    private Optional<Timed> fastestTile() {
        return time(Kernels.VECTOR, VectorTile.forBits(VectorTile.bits()), scalar.gflops).stream()
                .max(Comparator.comparingDouble(Timed::gflops));
    }

    /**
     * Times the tiles in turns, so that what else the machine does meets all of them. Stops waiting for more than
     * {@code hopedFor} from each after a while.
     */
    private static List<Timed> time(String name, List<TileScorer> tiles, double hopedFor) {
        List<Stopwatch> watches = tiles.stream().map(Stopwatch::new).toList();
        long start = System.nanoTime();
        long lastGain = start;
        long now = start;
        double slowest = 0;
        while (now - lastGain < SETTLED_NANOS || (slowest <= hopedFor && now - start < PATIENCE_NANOS)) {
            slowest = Double.POSITIVE_INFINITY;
            for (Stopwatch watch : watches) {
                boolean gained = watch.measure();
                now = System.nanoTime();
                lastGain = gained ? now : lastGain;
                slowest = Math.min(slowest, watch.best);
            }
        }
        return watches.stream()
                .map(watch -> new Timed(new TiledKernel(name, watch.scorer), watch.best))
                .toList();
    }

    /** The highest speed of a tile so far, in GFLOPS. */
    private static final class Stopwatch {
        private final TileScorer scorer;
        private final float[] panel;
        private final float[] groups;
        private final float[] starts;
        private final float[] tile;
        private final float[] high;
        private final float[] low;
        private double best;

        Stopwatch(TileScorer scorer) {
            this.scorer = scorer;
            this.panel = gaussian(DIMENSION * scorer.lanes());
            this.groups = gaussian(DIMENSION * scorer.queries());
            this.starts = new float[scorer.lanes()];
            this.tile = new float[scorer.queries() * scorer.lanes()];
            this.high = new float[scorer.queries()];
            this.low = new float[scorer.queries()];
            Arrays.fill(high, Float.MAX_VALUE);
            Arrays.fill(low, -Float.MAX_VALUE);
        }

        /** Whether this call was noticeably faster than all before it. */
        boolean measure() {
            for (int call = 0; call < WARM_UP_CALLS; call++) {
                // Both branches must be taken, or the first hit of a search would invalidate the compiled code.
                float[] floors = call % 4 == 0 ? low : high;
                scorer.score(panel, groups, 0, 0, WARM_UP_DIMENSION, starts, 0, floors, 0, false, tile);
            }
            long begin = System.nanoTime();
            scorer.score(panel, groups, 0, 0, DIMENSION, starts, 0, high, 0, false, tile);
            double operations = 2.0 * DIMENSION * scorer.lanes() * scorer.queries();
            double gflops = operations / (System.nanoTime() - begin);
            boolean gained = gflops > best * GAIN;
            best = Math.max(best, gflops);
            return gained;
        }
    }

    private static float[] gaussian(int length) {
        Random random = new Random(length);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private record Timed(TiledKernel kernel, double gflops) {}
}
