package org.privateevolution.generation.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.generation.text.AnswerCheck.Outcome;
import org.privateevolution.generation.text.ChatAnswer.Finish;
import org.privateevolution.model.AnswerRules;
import org.privateevolution.model.AnswerRules.Truncated;

class AnswerCheckTest {

    private static Outcome outcome(Truncated truncated, String text, Finish finish) {
        return new AnswerCheck(new AnswerRules(truncated, 2, AnswerRules.Thoughts.REMOVE))
                .apply(new ChatAnswer(text, finish));
    }

    private static Outcome outcome(AnswerRules.Thoughts thoughts, String text) {
        return new AnswerCheck(new AnswerRules(Truncated.KEEP, 2, thoughts))
                .apply(new ChatAnswer(text, Finish.COMPLETE));
    }

    @Test
    void answersAreTrimmed() {
        assertThat(outcome(Truncated.KEEP, "\n\u2003 A  text.\t", Finish.COMPLETE))
                .isEqualTo(new Outcome("A  text.", ""));
    }

    /**
     * Thoughts as servers of reasoning models return them: whole, without the opening mark, in the middle, cut off,
     * with other marks.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<think>so\nor so</think>\n\nA text.",
                "Okay, a text is wanted.\n</think>\n\nA text.",
                "<thinking>So</thinking>A text.",
                "<thought>So</thought> A text.",
                "<reasoning>So</reasoning> A text.",
                "<seed:think>So</seed:think>A text.",
                "<think>One</think><think>two</think>A text.",
                "<think>I may write <think> here</think>A text.",
                "<think>So</think><answer>A text.</answer>",
                "A text. <think>Was that right?",
                "[THINK]So[/THINK]A text.",
                "\u25c1think\u25b7So\u25c1/think\u25b7A text.",
                "<|START_THINKING|>So<|END_THINKING|><|START_RESPONSE|>A text.<|END_RESPONSE|>",
                "<|channel>thought\nSo<channel|>A text.",
                "<|channel|>analysis<|message|>So<|end|><|start|>assistant<|channel|>final<|message|>A text.",
                "<|channel|>final<|message|>A text.<|return|>",
                "analysisSo it is wanted.assistantfinalA text."
            })
    void thoughtsAreNotPartOfTheAnswer(String answer) {
        assertThat(outcome(AnswerRules.Thoughts.REMOVE, answer)).isEqualTo(new Outcome("A text.", ""));
        assertThat(outcome(AnswerRules.Thoughts.REJECT, answer)).isEqualTo(Outcome.rejected("thoughts in the answer"));
        assertThat(outcome(AnswerRules.Thoughts.KEEP, answer)).isEqualTo(new Outcome(answer, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I think so.",
                "analysis of the assistant finalists shows a trend.",
                "He stopped. [Think] Breathe. A step.",
                "I like the </reasoning> tag. It ends things.",
                "Write <thought> before a thought.",
                "a < b > c, think of it",
                "Analysis is hard.",
                "analysis of an assistant, final grade",
                "<answer>A text</answer>"
            })
    void whatLooksAlikeIsPartOfTheAnswer(String answer) {
        assertThat(outcome(AnswerRules.Thoughts.REMOVE, answer)).isEqualTo(new Outcome(answer, ""));
        assertThat(outcome(AnswerRules.Thoughts.REJECT, answer)).isEqualTo(new Outcome(answer, ""));
    }

    @Test
    void thoughtsThatTheServerSeparatedAreNotInTheAnswer() {
        assertThat(new AnswerCheck(new AnswerRules(Truncated.KEEP, 2, AnswerRules.Thoughts.REJECT))
                        .apply(new ChatAnswer("A text.", true, Finish.COMPLETE)))
                .isEqualTo(new Outcome("A text.", ""));
    }

    @Test
    @Timeout(20)
    void aLongAnswerIsReadInTimeThatGrowsWithIt() {
        for (String part : List.of(
                "\n", "<|START_RESPONSE|>", "<think>", "</think>", "analysis ", "<|channel|>final<|message|>")) {
            String answer = "<|START_THINKING|>a<|END_THINKING|><|START_RESPONSE|>" + part.repeat(400_000) + "x";

            assertThat(Thoughts.removed(answer)).hasSizeLessThanOrEqualTo(answer.length());
        }
    }

    @Test
    void thoughtsAloneAreNoAnswer() {
        assertThat(outcome(AnswerRules.Thoughts.REMOVE, "<think>so</think>\n").reason())
                .isEqualTo("thoughts without an answer");
        assertThat(outcome(AnswerRules.Thoughts.REMOVE, "<|channel|>analysis<|message|>So")
                        .reason())
                .isEqualTo("thoughts without an answer");
        assertThat(new AnswerCheck(new AnswerRules(Truncated.KEEP, 2, AnswerRules.Thoughts.KEEP))
                        .apply(new ChatAnswer("", true, Finish.COMPLETE))
                        .reason())
                .isEqualTo("thoughts without an answer");
        assertThat(outcome(Truncated.KEEP, "<think>endless", Finish.LENGTH).reason())
                .isEqualTo(
                        "cut off before the answer began: raise text.sampling.max_completion_tokens, or turn thinking"
                                + " off");
    }

    @Test
    void halfACharacterBecomesAQuestionMark() {
        assertThat(outcome(Truncated.KEEP, "A text \ud83d", Finish.LENGTH).text())
                .isEqualTo("A text ?");
    }

    @Test
    void truncatedAnswersAreKeptCutOrRejected() {
        String text = "It cost $3.50. \"Really?\" she asked.\nThen I we";

        assertThat(outcome(Truncated.KEEP, text, Finish.LENGTH).text()).isEqualTo(text);
        assertThat(outcome(Truncated.LAST_SENTENCE, text, Finish.LENGTH).text())
                .isEqualTo("It cost $3.50. \"Really?\" she asked.");
        assertThat(outcome(Truncated.LAST_SENTENCE, "He said \"So it is.\" and", Finish.LENGTH)
                        .text())
                .isEqualTo("He said \"So it is.\"");
        assertThat(outcome(Truncated.LAST_SENTENCE, "no sentence here", Finish.LENGTH)
                        .reason())
                .isEqualTo("truncated");
        assertThat(outcome(Truncated.REJECT, text, Finish.LENGTH).reason()).isEqualTo("truncated");
        assertThat(outcome(Truncated.REJECT, text, Finish.COMPLETE).text()).isEqualTo(text);
    }

    @Test
    void whatIsNoTextIsRejectedWithItsReason() {
        assertThat(outcome(Truncated.KEEP, " ", Finish.COMPLETE).reason()).isEqualTo("empty");
        assertThat(outcome(Truncated.KEEP, "One", Finish.COMPLETE).reason()).isEqualTo("fewer than 2 words");
        assertThat(outcome(Truncated.KEEP, "A text.", Finish.FILTERED).reason()).isEqualTo("content filter");
        assertThat(outcome(Truncated.KEEP, "A text.", Finish.REFUSED).reason()).isEqualTo("refused by the model");
        assertThat(outcome(Truncated.KEEP, "", Finish.PROMPT_TOO_LONG).reason()).isEqualTo("prompt too long");
    }
}
