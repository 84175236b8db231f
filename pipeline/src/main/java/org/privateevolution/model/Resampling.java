package org.privateevolution.model;

/** How pixels between pixels are made up, and how far the pixels that count lie away, in the coarser of both grids. */
public enum Resampling {
    /** The nearest pixel alone; nothing is averaged. */
    NEAREST(0.5) {
        @Override
        public double weight(double distance) {
            return 1;
        }
    },
    /** Falls evenly from 1 to 0 over one pixel. */
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

    /** How far away the pixels that count lie. */
    public double support() {
        return support;
    }

    /** What a pixel at a distance of at most the support counts. */
    public abstract double weight(double distance);
}
