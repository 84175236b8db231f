package org.privateevolution.generation.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes the thoughts of a reasoning model from its answer. Models mark thoughts differently, and servers omit marks:
 * the templates of DeepSeek-R1 and Qwen3 put the opening mark into the prompt, so the answer has only the closing one.
 */
final class Thoughts {

    /**
     * Marks of DeepSeek-R1, Qwen3, Nemotron; Seed-OSS; Magistral; Kimi; Command A; Gemma. No person writes these marks
     * in a text.
     */
    private static final Pattern MARK =
            Pattern.compile("(?<open><(?:think|thinking|seed:think)>|\\[THINK]|\u25c1think\u25b7|<\\|START_THINKING\\|>"
                    + "|<\\|channel>(?:thought|analysis))"
                    + "|(?<close></(?:think|thinking|seed:think)>|\\[/THINK]|\u25c1/think\u25b7|<\\|END_THINKING\\|>"
                    + "|<channel\\|>)");

    /**
     * Tags of EXAONE, and of prompts that ask for thoughts. A person's text may contain such tags, too, so only a whole
     * pair at the start counts.
     */
    private static final Pattern TAGGED =
            Pattern.compile("^\\s*<(thought|thoughts|reasoning|reflection)>.*?</\\1>", Pattern.DOTALL);

    private static final String HARMONY_MARK = "<|channel|>";
    private static final Pattern HARMONY_FINAL =
            Pattern.compile("<\\|channel\\|>final\\s*(?:<\\|constrain\\|>\\w+)?<\\|message\\|>");
    private static final Pattern HARMONY_END = Pattern.compile("<\\|(?:end|return|start)\\|>");

    /** OpenAI's harmony format after a server has removed its marks. */
    private static final Pattern HARMONY_BARE = Pattern.compile("^analysis.*?assistantfinal", Pattern.DOTALL);

    private Thoughts() {}

    /** Returns the answer without its thoughts; empty if nothing else is left. */
    static String removed(String answer) {
        if (answer.contains(HARMONY_MARK)) {
            return harmony(answer);
        }
        Matcher bare = HARMONY_BARE.matcher(answer);
        if (bare.find()) {
            return answer.substring(bare.end());
        }
        String outside = outsideMarks(TAGGED.matcher(answer).replaceFirst(""));
        return outside.equals(answer)
                ? answer
                : unframed(
                        unframed(outside.strip(), "<answer>", "</answer>"), "<|START_RESPONSE|>", "<|END_RESPONSE|>");
    }

    /** Returns the text for the user in OpenAI's harmony format. */
    private static String harmony(String answer) {
        Matcher last = HARMONY_FINAL.matcher(answer);
        int start = -1;
        while (last.find()) {
            start = last.end();
        }
        if (start < 0) {
            return "";
        }
        Matcher end = HARMONY_END.matcher(answer);
        return end.find(start) ? answer.substring(start, end.start()) : answer.substring(start);
    }

    /** A closing mark without an opening one ends thoughts that began with the answer. */
    private static String outsideMarks(String answer) {
        StringBuilder outside = new StringBuilder();
        boolean thinking = false;
        int end = 0;
        Matcher mark = MARK.matcher(answer);
        while (mark.find()) {
            boolean opens = mark.group("open") != null;
            if (opens && !thinking) {
                outside.append(answer, end, mark.start());
            } else if (!opens && !thinking) {
                outside.setLength(0);
            }
            thinking = opens;
            end = mark.end();
        }
        return thinking
                ? outside.toString()
                : outside.append(answer, end, answer.length()).toString();
    }

    /** Removes marks around the whole answer; the closing mark may be missing, because the answer was cut off. */
    private static String unframed(String answer, String opening, String closing) {
        if (!answer.startsWith(opening)) {
            return answer;
        }
        int end = answer.endsWith(closing) ? answer.length() - closing.length() : answer.length();
        return answer.substring(opening.length(), end).strip();
    }
}
