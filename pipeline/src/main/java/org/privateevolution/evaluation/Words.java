package org.privateevolution.evaluation;

import java.util.List;
import java.util.regex.Pattern;

/** Splits texts into words: the longest sequences without Unicode white space. */
public final class Words {

    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private Words() {}

    /** The words of a text, in order; empty if the text is blank. */
    public static List<String> of(String text) {
        return SPACE.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
    }
}
