package org.privateevolution.vector;

/** When a search looks at bounds of scores before the scores. Answers do not depend on it. */
public enum Pruning {
    /** Where it has shown that it is faster. */
    AUTO,
    /** Wherever it can, to measure it. */
    ALWAYS,
    /** Not at all: brute force. */
    NEVER
}
