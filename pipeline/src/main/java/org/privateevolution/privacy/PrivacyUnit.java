package org.privateevolution.privacy;

/** Whose presence the guarantee hides. */
public enum PrivacyUnit {
    /** One private record. */
    RECORD,
    /** All records of one client id; their votes are normalised jointly, over all labels, to L2 norm at most 1. */
    CLIENT
}
