package org.privateevolution.privacy;

/** Which pairs of private data sets count as neighbours. */
public enum Adjacency {
    /** One unit is added or removed: one vote vector of L2 norm at most 1 appears or disappears. */
    ADD_REMOVE(1.0),
    /** One unit is replaced by another: two non-negative vote vectors of norm at most 1 differ by at most sqrt(2). */
    REPLACE_ONE(Math.sqrt(2.0));

    private final double sensitivity;

    Adjacency(double sensitivity) {
        this.sensitivity = sensitivity;
    }

    /** L2 sensitivity of one vote histogram, in votes. */
    public double sensitivity() {
        return sensitivity;
    }
}
