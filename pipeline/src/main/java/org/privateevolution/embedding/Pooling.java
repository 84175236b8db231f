package org.privateevolution.embedding;

/** How a model's vectors of a text's tokens become the text's vector. */
public enum Pooling {
    /** The mean over all tokens. */
    MEAN,
    /** The vector of the first token. */
    CLS
}
