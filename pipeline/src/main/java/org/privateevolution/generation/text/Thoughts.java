package org.privateevolution.generation.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of an answer what a reasoning model thought. Models mark thoughts differently, and servers leave out marks: the
 * templates of DeepSeek-R1 and Qwen3 put the opening one into the prompt, so that only the closing one is in the answer.
 */
final class Thoughts {

    private static final String NAMES = "(?:seed:)?(?:think|thinking|thought|thoughts|reasoning|reflection)";

    /** DeepSeek-R1, Qwen3, Nemotron, EXAONE, Seed-OSS; Magistral; Kimi; Command A; Gemma. */
    private static final Pattern MARK = Pattern.compile(
            "(?<open><" + NAMES
                    + ">|\\[THINK]|\u25c1think\u25b7|<\\|START_THINKING\\|>|<\\|channel>(?:thought|analysis))"
                    + "|(?<close></" + NAMES + ">|\\[/THINK]|\u25c1/think\u25b7|<\\|END_THINKING\\|>|<channel\\|>)",
            Pattern.CASE_INSENSITIVE);

    /** What is said to the user in OpenAI's harmony format, of which some servers strip the marks. */
    private static final Pattern HARMONY_FINAL = Pattern.compile(
            "^.*<\\|channel\\|>final\\s*(?:<\\|constrain\\|>\\w+)?<\\|message\\|>(?<said>.*?)(?:<\\|(?:end|return|start)\\|>.*)?$"
                    + "|^analysis.*?assistant\\s?final(?<bare>.*)$",
            Pattern.DOTALL);

    private static final String HARMONY_MARK = "<|channel|>";

    /** Marks around the answer itself. */
    private static final Pattern FRAME = Pattern.compile(
            "^\\s*(?:<answer>(?<answer>.*)</answer>|<\\|START_RESPONSE\\|>(?<response>.*?)(?:<\\|END_RESPONSE\\|>)?)\\s*$",
            Pattern.DOTALL);

    private Thoughts() {}

    /** The answer without them; the same object if it holds none, and empty if it holds nothing else. */
    static String removed(String answer) {
        Matcher harmony = HARMONY_FINAL.matcher(answer);
        if (harmony.matches()) {
            return harmony.group("said") == null ? harmony.group("bare") : harmony.group("said");
        }
        if (answer.contains(HARMONY_MARK)) {
            return "";
        }
        String outside = outsideMarks(answer);
        if (outside.equals(answer)) {
            return answer;
        }
        Matcher frame = FRAME.matcher(outside);
        if (!frame.matches()) {
            return outside;
        }
        return frame.group("answer") == null ? frame.group("response") : frame.group("answer");
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
}
