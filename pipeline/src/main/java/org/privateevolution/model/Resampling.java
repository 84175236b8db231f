package org.privateevolution.model;

/** Interpolation between pixels. Distances and supports are in pixels of the coarser of both grids. */
public enum Resampling {
    /** Takes the nearest pixel; nothing is averaged. */
    NEAREST(0.5) {
        @Override
        public double weight(double distance) {
            return 1;
        }
    },
    /** The weight falls linearly from 1 to 0 over one pixel. */
    BILINEAR(1) {
        @Override
        public double weight(double distance) {
            return Math.max(0, 1 - Math.abs(distance));
        }
    },
    /** The cubic convolution of Keys (1981) with a = -1/2. */
    BICUBIC(2) {
        @Override
        public double weight(double distance) {
            double x = Math.abs(distance);
            if (x < 1) {
                return (1.5 * x - 2.5) * x * x + 1;
            }
            return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
        }
    };

    private final double support;

    Resampling(double support) {
        this.support = support;
    }

    /** Distance beyond which pixels have no weight. */
    public double support() {
        return support;
    }

    /** Weight of a pixel at a distance of at most {@link #support}. */
    public abstract double weight(double distance);
}
