package org.privateevolution.vector;

/** The kernels there are. */
public final class Kernels {

    private Kernels() {}

    /** Plain Java; runs everywhere. */
    public static NearestNeighborKernel scalar() {
        return new TiledKernel("scalar", new ScalarTile());
    }
}
