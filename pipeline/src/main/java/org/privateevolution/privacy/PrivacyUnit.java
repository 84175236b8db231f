package org.privateevolution.privacy;

/** Whose presence the guarantee hides. */
public enum PrivacyUnit {
    /** One private record. */
    RECORD("record"),
    /** All records of one client id; their votes are normalised jointly, over all labels, to L2 norm at most 1. */
    CLIENT("client");

    private final String configName;

    PrivacyUnit(String configName) {
        this.configName = configName;
    }

    /** The name in configurations, ledgers and reports: {@code record} or {@code client}. */
    public String configName() {
        return configName;
    }

    /**
     * Returns the unit with this {@link #configName()}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PrivacyUnit parse(String configName) {
        for (PrivacyUnit unit : values()) {
            if (unit.configName.equals(configName)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("unit is '" + configName + "': use record or client");
    }
}
