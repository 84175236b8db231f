package org.privateevolution.discovery;

/** What a value is. */
enum ValueKind {
    NULL,
    BOOLEAN,
    DATE,
    /** A day and a time. */
    TIMESTAMP,
    /** The same with its distance from UTC. */
    INSTANT,
    TEXT,
    WHOLE,
    /** Numbers by their digits after the point. */
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

    /** Digits after the point; -1 if there are more than six, or it is no number. */
    int decimals() {
        return isNumber() && this != MORE_DECIMALS ? ordinal() - WHOLE.ordinal() : -1;
    }
}
