package org.privateevolution.model;

import java.util.OptionalDouble;

/**
 * How long variations are to be: the length of their parent plus normal noise (Aug-PE's {@code word_count}).
 *
 * @param std standard deviation of the noise, in words
 * @param minWords least number of words asked for, at least 1
 * @param tokensPerWord tokens that an answer may take for each word asked for, greater than 0; empty for no such limit
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
