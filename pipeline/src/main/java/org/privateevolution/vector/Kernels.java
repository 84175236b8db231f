package org.privateevolution.vector;

import java.util.List;

/** The available kernels. They give the same answers and differ only in speed. */
public final class Kernels {

    static final String VECTOR = "vector";
    static final String SCALAR = "scalar";
    private static final String AUTO = "auto";

    /** The largest number of floats per vector. */
    public static final int MAX_DIMENSION = CandidateRows.MAX_DIMENSION;

    /** The names that {@link #named} accepts. */
    public static final List<String> NAMES = List.of(AUTO, VECTOR, SCALAR);

    private static Calibrator calibrator;

    private Kernels() {}

    /**
     * Finds a kernel by its name in the configuration. Kernels are not serialisable: call this on the executor.
     *
     * @param name {@code auto} for {@link #calibrated}, {@code vector} or {@code scalar} to force one
     * @throws IllegalArgumentException if there is no such kernel
     * @throws IllegalStateException if the name is {@code vector} and this JVM runs without the Vector API, or with
     *     vectors that are too short or too long
     */
    public static NearestNeighborKernel named(String name) {
        return switch (name) {
            case AUTO -> calibrated();
            case VECTOR -> calibrator().vector();
            case SCALAR -> scalar();
            default -> throw new IllegalArgumentException("kernel is " + name + ", must be one of " + NAMES);
        };
    }

    /** The kernel in plain Java, which runs everywhere. */
    public static NearestNeighborKernel scalar() {
        return new TiledKernel(SCALAR, new ScalarTile());
    }

    /** The fastest kernel of this JVM. The first call measures, for about half a second. */
    public static NearestNeighborKernel calibrated() {
        return calibrator().fastest();
    }

    /** Whether the name leaves the choice to {@link #named}. */
    public static boolean isChosen(String name) {
        return AUTO.equals(name);
    }

    /** Whether {@link #named} measures the kernels before it returns this one. */
    public static boolean isMeasured(String name) {
        return !SCALAR.equals(name);
    }

    /** How {@link #calibrated} was chosen; measures if this has not happened yet. */
    public static Calibration calibration() {
        return calibrator().calibration();
    }

    private static synchronized Calibrator calibrator() {
        if (calibrator == null) {
            calibrator = new Calibrator();
        }
        return calibrator;
    }
}
