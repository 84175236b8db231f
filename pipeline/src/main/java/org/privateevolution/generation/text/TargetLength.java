package org.privateevolution.generation.text;

import java.util.random.RandomGenerator;

/**
 * How long variations are to be: the length of their parent plus normal noise (Aug-PE's {@code word_count}).
 *
 * @param std standard deviation of the noise, in words
 * @param minWordCount least number of words asked for, at least 1
 * @param tokenToWordRatio tokens an answer may take for each word asked for; 0 for no such limit
 */
public record TargetLength(double std, int minWordCount, double tokenToWordRatio) {
    public TargetLength {
        if (!(std >= 0) || minWordCount < 1 || !(tokenToWordRatio >= 0)) {
            throw new IllegalArgumentException("word_count_std and token_to_word_ratio must be at least 0 and"
                    + " min_word_count at least 1, but are " + std + ", " + tokenToWordRatio + " and " + minWordCount);
        }
    }

    int words(String parent, RandomGenerator random) {
        int noise = (int) (random.nextGaussian() * std);
        return Math.max(minWordCount, Words.count(parent) + noise);
    }

    /** Tokens that an answer of so many words may take; 0 for any number. */
    int tokens(int words) {
        return tokenToWordRatio == 0 ? 0 : Math.max(1, (int) (words * tokenToWordRatio));
    }
}
