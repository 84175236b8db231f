package org.privateevolution.model;

import java.util.OptionalDouble;

/**
 * The target length of variations: the length of the parent plus normal noise (Aug-PE's {@code word_count}).
 *
 * @param std standard deviation of the noise, in words
 * @param minWords least target length, in words, at least 1
 * @param tokensPerWord greatest number of tokens of an answer per word of the target length, greater than 0; empty for
 *     no such limit
 */
public record TargetLength(double std, int minWords, OptionalDouble tokensPerWord) {
    public TargetLength {
        if (!(std >= 0) || minWords < 1 || !(tokensPerWord.orElse(1) > 0)) {
            throw new IllegalArgumentException("the deviation of lengths must be at least 0, the least number of words"
                    + " at least 1 and tokens per word more than 0, but are " + std + ", " + minWords + " and "
                    + tokensPerWord);
        }
    }
}
