package org.privateevolution.estimate;

/** What is known of the sum of the weights of one label's points. */
public sealed interface Total {

    /**
     * The sum is this.
     *
     * @param sum finite, at least 0; 0 leaves every point of the label without weight
     */
    record Known(double sum) implements Total {
        public Known {
            if (!(sum >= 0 && sum < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a known total is finite and at least 0, not " + sum);
            }
        }
    }

    /**
     * The sum was released with noise.
     *
     * @param sum finite, may be negative
     * @param sigma standard deviation of the noise, above 0
     */
    record Noisy(double sum, double sigma) implements Total {
        public Noisy {
            if (!Double.isFinite(sum)) {
                throw new IllegalArgumentException("a noisy total is finite, not " + sum);
            }
            ReleasedCounts.requireSigma(sigma);
        }
    }

    /** The sum is found from the releases. */
    record Free() implements Total {}
}
