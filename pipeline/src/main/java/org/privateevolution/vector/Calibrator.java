package org.privateevolution.vector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Measures the kernels of this JVM on a small search. C2 now and then compiles the Vector API kernel several times slower
 * than the launch before did, by the order in which its threads happened to work; so the kernel is defined several times
 * over, each compiled for itself, and the fastest is kept.
 */
final class Calibrator {

    private static final String MODULE = "jdk.incubator.vector";
    private static final int COPIES = 3;
    private static final int WIDE_BITS = 512;

    private static final int DIMENSION = 96;
    private static final int CANDIDATES = 256;
    private static final int QUERIES = 48;
    private static final double OPERATIONS = 2.0 * DIMENSION * CANDIDATES * QUERIES;

    /** Compilation is over when nothing has become faster for this long. */
    private static final long SETTLED_NANOS = 60_000_000;

    private static final long PATIENCE_NANOS = 600_000_000;

    private final Optional<Timed> vector;
    private final Timed scalar;
    private final double seconds;

    Calibrator() {
        long start = System.nanoTime();
        vector = vectorApiPresent() ? fastestCopy() : Optional.empty();
        scalar = time(Kernels.scalar());
        seconds = (System.nanoTime() - start) / 1e9;
    }

    /** The Vector API kernel, if this JVM runs with the module. */
    Optional<NearestNeighborKernel> vector() {
        return vector.map(Timed::kernel);
    }

    NearestNeighborKernel fastest() {
        return vector.filter(timed -> timed.gflops > scalar.gflops).orElse(scalar).kernel;
    }

    Calibration calibration() {
        double vectorGflops = vector.map(Timed::gflops).orElse(0.0);
        String reason = vector.isPresent()
                ? String.format(
                        Locale.ROOT,
                        "%s kernel: vector %.1f GFLOPS (%d bits), scalar %.1f",
                        fastest().name(),
                        vectorGflops,
                        VectorTile.bits(),
                        scalar.gflops)
                : "scalar kernel: module " + MODULE + " is absent; start the JVM with --add-modules=" + MODULE;
        return new Calibration(fastest().name(), reason, vectorGflops, scalar.gflops, seconds);
    }

    private static boolean vectorApiPresent() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    private static Optional<Timed> fastestCopy() {
        Class<?> tile = VectorTile.bits() >= WIDE_BITS ? WideVectorTile.class : VectorTile.class;
        return IntStream.range(0, COPIES)
                .mapToObj(i -> time(new TiledKernel("vector", copyOf(tile))))
                .max((a, b) -> Double.compare(a.gflops, b.gflops));
    }

    /** Defines the class anew, hidden, so that the compiler sees another class. */
    private static TileScorer copyOf(Class<?> tile) {
        String file = tile.getSimpleName() + ".class";
        try (InputStream bytes = tile.getResourceAsStream(file)) {
            Class<?> copy = MethodHandles.lookup()
                    .defineHiddenClass(bytes.readAllBytes(), true)
                    .lookupClass();
            return (TileScorer) copy.getDeclaredConstructor().newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot define " + file + " anew", e);
        }
    }

    private static Timed time(NearestNeighborKernel kernel) {
        Random random = new Random(1);
        float[] candidates = gaussian(random, CANDIDATES * DIMENSION);
        float[] queries = gaussian(random, QUERIES * DIMENSION);
        int[] neighbors = new int[QUERIES];
        CandidateIndex index = kernel.index(Metric.L2, DIMENSION, List.of(candidates));
        long best = Long.MAX_VALUE;
        long start = System.nanoTime();
        long lastGain = start;
        long end = start;
        while (end - lastGain < SETTLED_NANOS && end - start < PATIENCE_NANOS) {
            long begin = System.nanoTime();
            index.search(queries, 0, QUERIES, 1, neighbors);
            end = System.nanoTime();
            if (end - begin < best - best / 16) {
                lastGain = end;
            }
            best = Math.min(best, end - begin);
        }
        return new Timed(kernel, OPERATIONS / best);
    }

    private static float[] gaussian(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private record Timed(NearestNeighborKernel kernel, double gflops) {}
}
