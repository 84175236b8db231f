package org.privateevolution.discovery;

/** The kinds of values that are counted. */
enum ValueKind {
    NULL,
    BOOLEAN,
    DATE,
    /** A date with a time. */
    TIMESTAMP,
    /** A date with a time and an offset from UTC. */
    INSTANT,
    TEXT,
    WHOLE,
    /** Numbers by the digits after the point. */
    DECIMALS_1,
    DECIMALS_2,
    DECIMALS_3,
    DECIMALS_4,
    DECIMALS_5,
    DECIMALS_6,
    MORE_DECIMALS;

    private static final int MOST_DECIMALS = 6;

    static ValueKind ofDecimals(int decimals) {
        return values()[WHOLE.ordinal() + Math.max(0, Math.min(MOST_DECIMALS + 1, decimals))];
    }

    boolean isNumber() {
        return ordinal() >= WHOLE.ordinal();
    }

    boolean isTime() {
        return this == DATE || this == TIMESTAMP || this == INSTANT;
    }

    /** The digits after the point; -1 if there are more than six, or if this is not a kind of number. */
    int decimals() {
        return isNumber() && this != MORE_DECIMALS ? ordinal() - WHOLE.ordinal() : -1;
    }
}
