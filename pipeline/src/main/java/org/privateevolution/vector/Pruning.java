package org.privateevolution.vector;

/** When a search computes bounds of scores before the scores. The answers do not depend on it. */
public enum Pruning {
    /** If it has proven to be faster. */
    AUTO,
    /** Wherever possible, to measure it. */
    ALWAYS,
    /** Never: brute force. */
    NEVER
}
