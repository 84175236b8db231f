package org.privateevolution.generation.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What makes an answer a sample.
 *
 * @param truncation what is done with an answer that reached the longest length
 * @param minWords shorter answers are rejected, at least 1
 */
public record AnswerRules(Truncation truncation, int minWords) {

    /** What is done with an answer that reached the longest length. */
    public enum Truncation {
        /** It is taken as it is, as in the reference. */
        KEEP,
        /** What follows its last whole sentence is cut off; it is rejected if nothing is left. */
        LAST_SENTENCE,
        /** It is rejected. */
        REJECT
    }

    /** Thoughts that a reasoning model puts before its answer. */
    private static final Pattern THOUGHTS = Pattern.compile("^\\s*<think>.*?(</think>|\\z)", Pattern.DOTALL);

    private static final Pattern SENTENCE_ENDS = Pattern.compile(
            "^.*[.!?\\u2026\\u3002\\uFF01\\uFF1F\\u061F\\u0964][\"'\\u2019\\u201D)\\]]*(?=\\s|\\z)", Pattern.DOTALL);

    public AnswerRules {
        if (minWords < 1) {
            throw new IllegalArgumentException("the least number of words must be at least 1, but is " + minWords);
        }
    }

    /**
     * A cleaned answer, or why it is none.
     *
     * @param reason empty if it is one
     */
    record Outcome(String text, String reason) {
        static Outcome rejected(String reason) {
            return new Outcome("", reason);
        }
    }

    Outcome apply(ChatAnswer answer) {
        switch (answer.finish()) {
            case FILTERED:
                return Outcome.rejected("content filter");
            case REFUSED:
                return Outcome.rejected("refused by the model");
            case PROMPT_TOO_LONG:
                return Outcome.rejected("prompt too long");
            default:
        }
        String text = clean(answer.text());
        if (text.isEmpty()) {
            return Outcome.rejected("empty");
        }
        if (answer.finish() == ChatAnswer.Finish.LENGTH && truncation != Truncation.KEEP) {
            var sentences = SENTENCE_ENDS.matcher(text);
            if (truncation == Truncation.REJECT || !sentences.find()) {
                return Outcome.rejected("truncated");
            }
            text = sentences.group();
        }
        if (Words.count(text) < minWords) {
            return Outcome.rejected("fewer than " + minWords + " words");
        }
        return new Outcome(text, "");
    }

    /** Without thoughts, outer space, and halves of characters that an answer's end may cut. */
    private static String clean(String text) {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", "");
        return THOUGHTS.matcher(whole).replaceFirst("").strip();
    }
}
