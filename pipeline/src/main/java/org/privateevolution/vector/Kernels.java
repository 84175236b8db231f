package org.privateevolution.vector;

import java.util.List;

/** The kernels there are. They answer alike; only their speed differs. */
public final class Kernels {

    static final String VECTOR = "vector";
    static final String SCALAR = "scalar";
    private static final String AUTO = "auto";

    /** The most floats that a vector may have. */
    public static final int MAX_DIMENSION = CandidateRows.MAX_DIMENSION;

    /** Names that {@link #named} knows. */
    public static final List<String> NAMES = List.of(AUTO, VECTOR, SCALAR);

    private static Calibrator calibrator;

    private Kernels() {}

    /**
     * Finds a kernel by the name that the configuration gives. Kernels are not serialisable: ask on the executor.
     *
     * @param name {@code auto} for {@link #calibrated}, {@code vector} or {@code scalar} to force one
     * @throws IllegalArgumentException if there is no such kernel
     * @throws IllegalStateException if it is {@code vector}, and this JVM runs without the Vector API, or with vectors that
     *     are too short or long
     */
    public static NearestNeighborKernel named(String name) {
        return switch (name) {
            case AUTO -> calibrated();
            case VECTOR -> calibrator().vector();
            case SCALAR -> scalar();
            default -> throw new IllegalArgumentException("kernel is " + name + ", must be one of " + NAMES);
        };
    }

    /** Plain Java; runs everywhere. */
    public static NearestNeighborKernel scalar() {
        return new TiledKernel(SCALAR, new ScalarTile());
    }

    /** The fastest kernel of this JVM. The first call measures, for about half a second. */
    public static NearestNeighborKernel calibrated() {
        return calibrator().fastest();
    }

    /** Whether {@link #named} times the kernels before it gives this one. */
    public static boolean isMeasured(String name) {
        return !SCALAR.equals(name);
    }

    /** How {@link #calibrated} was chosen; measures if nothing has yet. */
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
