package org.privateevolution.privacy;

/** Which pairs of private data sets count as neighbours. */
public enum Adjacency {
    /** One unit is added or removed: one vote vector of L2 norm at most 1 appears or disappears. */
    ADD_REMOVE("add-remove", 1.0),
    /** One unit is replaced by another: two non-negative vote vectors of norm at most 1 differ by at most sqrt(2). */
    REPLACE_ONE("replace-one", Math.sqrt(2.0));

    private final String configName;
    private final double sensitivity;

    Adjacency(String configName, double sensitivity) {
        this.configName = configName;
        this.sensitivity = sensitivity;
    }

    /** The L2 sensitivity of one vote histogram, in votes. */
    public double sensitivity() {
        return sensitivity;
    }

    /** The name in configurations, ledgers and reports: {@code add-remove} or {@code replace-one}. */
    public String configName() {
        return configName;
    }

    /**
     * Returns the adjacency with this {@link #configName()}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Adjacency parse(String configName) {
        for (Adjacency adjacency : values()) {
            if (adjacency.configName.equals(configName)) {
                return adjacency;
            }
        }
        throw new IllegalArgumentException("adjacency is '" + configName + "': use add-remove or replace-one");
    }
}
