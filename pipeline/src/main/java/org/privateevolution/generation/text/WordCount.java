package org.privateevolution.generation.text;

import java.util.StringTokenizer;

/** Counts what stands between spaces. */
final class WordCount {

    private WordCount() {}

    static int of(String text) {
        return new StringTokenizer(text).countTokens();
    }
}
