package org.privateevolution.generation.text;

import java.util.StringTokenizer;

/** Words are what stands between spaces. */
final class Words {

    private Words() {}

    static int count(String text) {
        return new StringTokenizer(text).countTokens();
    }
}
