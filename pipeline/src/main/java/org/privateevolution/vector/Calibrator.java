package org.privateevolution.vector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
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

    /** Short calls reach the compiler's thresholds soon, which matters while every vector is still an object. */
    private static final int WARM_UP_DIMENSION = 8;

    private static final int WARM_UP_CALLS = 64;
    private static final int DIMENSION = 256;
    private static final double GAIN = 1.05;

    /** Compilation is over when nothing has become faster for this long. */
    private static final long SETTLED_NANOS = 100_000_000;

    /** How long to wait for code that is as fast as needed, on a machine busy with other work. */
    private static final long PATIENCE_NANOS = 1_500_000_000;

    private final Optional<Timed> vector;
    private final Timed scalar;
    private final double seconds;

    Calibrator() {
        long start = System.nanoTime();
        scalar = new Timed(Kernels.scalar(), gflops(new ScalarTile(), 0));
        vector = vectorApiPresent() ? fastestCopy(scalar.gflops) : Optional.empty();
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

    private static Optional<Timed> fastestCopy(double hopedFor) {
        Class<?> tile = VectorTile.bits() >= WIDE_BITS ? WideVectorTile.class : VectorTile.class;
        return IntStream.range(0, COPIES)
                .mapToObj(i -> copyOf(tile))
                .map(copy -> new Timed(new TiledKernel("vector", copy), gflops(copy, hopedFor)))
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

    /** Speed once compiled; gives up waiting for more than {@code hopedFor} after a while. */
    private static double gflops(TileScorer scorer, double hopedFor) {
        float[] panel = gaussian(DIMENSION * scorer.lanes());
        float[] groups = gaussian(DIMENSION * scorer.queries());
        float[] floors = new float[scorer.queries()];
        Arrays.fill(floors, Float.MAX_VALUE);
        float[][] starts = new float[scorer.queries()][scorer.lanes()];
        float[][] tile = new float[scorer.queries()][scorer.lanes()];
        double operations = 2.0 * DIMENSION * scorer.lanes() * scorer.queries();
        double best = 0;
        long start = System.nanoTime();
        long lastGain = start;
        long now = start;
        while (now - lastGain < SETTLED_NANOS || (best <= hopedFor && now - start < PATIENCE_NANOS)) {
            for (int call = 0; call < WARM_UP_CALLS; call++) {
                scorer.score(panel, groups, 0, 0, WARM_UP_DIMENSION, starts, floors, 0, tile);
            }
            long begin = System.nanoTime();
            scorer.score(panel, groups, 0, 0, DIMENSION, starts, floors, 0, tile);
            now = System.nanoTime();
            double gflops = operations / (now - begin);
            if (gflops > best * GAIN) {
                lastGain = now;
            }
            best = Math.max(best, gflops);
        }
        return best;
    }

    private static float[] gaussian(int length) {
        Random random = new Random(length);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private record Timed(NearestNeighborKernel kernel, double gflops) {}
}
