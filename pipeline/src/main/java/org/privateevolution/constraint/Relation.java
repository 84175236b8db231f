package org.privateevolution.constraint;

/** How a sum compares with a number. */
enum Relation {
    AT_MOST,
    BELOW,
    EQUAL,
    UNEQUAL
}
