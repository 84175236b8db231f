package org.privateevolution.model;

import java.io.Serializable;

/** The numbers from {@code low} to {@code high}, which may be equal. */
public record Range(double low, double high) implements Serializable {

    public Range {
        if (!(low <= high && Double.isFinite(low) && Double.isFinite(high))) {
            throw new IllegalArgumentException(
                    "a range must lead from a number up to another, but is " + low + " to " + high);
        }
    }

    /**
     * Interpolates between the ends.
     *
     * @param share 0 for {@code low} to 1 for {@code high}
     */
    public double at(double share) {
        return low + share * (high - low);
    }

    /** Returns the number in the range that is nearest to a value. */
    public double clamp(double value) {
        return Math.max(low, Math.min(high, value));
    }
}
