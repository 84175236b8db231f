package org.privateevolution.generation.text;

import java.util.StringTokenizer;

/** Counts words, which are separated by white space. */
final class WordCount {

    private WordCount() {}

    static int of(String text) {
        return new StringTokenizer(text).countTokens();
    }
}
