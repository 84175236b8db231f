package org.privateevolution.generation.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.privateevolution.model.AnswerRules;

/**
 * Turns a model's answers into samples.
 *
 * @param rules decide which answers become samples
 */
record AnswerCheck(AnswerRules rules) {

    private static final Pattern SENTENCE_ENDS = Pattern.compile(
            "^.*[.!?\\u2026\\u3002\\uFF01\\uFF1F\\u061F\\u0964][\"'\\u2019\\u201D)\\]]*(?=\\s|\\z)", Pattern.DOTALL);

    /**
     * A cleaned answer, or the reason for its rejection.
     *
     * @param reason empty unless the answer is rejected
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
        String whole = clean(answer.text());
        String said = Thoughts.removed(whole).strip();
        boolean thoughtsInside = !said.equals(whole);
        if (thoughtsInside && rules.thoughts() == AnswerRules.Thoughts.REJECT) {
            return Outcome.rejected("thoughts in the answer");
        }
        String text = rules.thoughts() == AnswerRules.Thoughts.KEEP ? whole : said;
        if (text.isEmpty()) {
            return Outcome.rejected(emptiness(answer.finish(), thoughtsInside || answer.reasoned()));
        }
        if (answer.finish() == ChatAnswer.Finish.LENGTH && rules.truncated() != AnswerRules.Truncated.KEEP) {
            var sentences = SENTENCE_ENDS.matcher(text);
            if (rules.truncated() == AnswerRules.Truncated.REJECT || !sentences.find()) {
                return Outcome.rejected("truncated");
            }
            text = sentences.group();
        }
        if (WordCount.of(text) < rules.minWords()) {
            return Outcome.rejected("fewer than " + rules.minWords() + " words");
        }
        return new Outcome(text, "");
    }

    /** A reasoning model whose answer is cut off early may not have shown its thoughts. */
    private static String emptiness(ChatAnswer.Finish finish, boolean thought) {
        if (finish == ChatAnswer.Finish.LENGTH) {
            return "cut off before the answer began: raise text.sampling.max_completion_tokens, or turn thinking off";
        }
        return thought ? "thoughts without an answer" : "empty";
    }

    /** Strips surrounding white space, and replaces half characters, which may occur where an answer was cut. */
    private static String clean(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replace("\0", "")
                .strip();
    }
}
