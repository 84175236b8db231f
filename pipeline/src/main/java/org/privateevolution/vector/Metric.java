package org.privateevolution.vector;

/** How near a candidate is to a query. */
public enum Metric {
    /** Euclidean distance; the smallest is the nearest. */
    L2,
    /** Cosine of the angle; the largest is the nearest. */
    COSINE,
    /** Inner product; the largest is the nearest. */
    INNER_PRODUCT
}
