package org.privateevolution.generation.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.privateevolution.generation.text.AnswerRules.Outcome;
import org.privateevolution.generation.text.AnswerRules.Truncation;
import org.privateevolution.generation.text.ChatAnswer.Finish;

class AnswerRulesTest {

    private static Outcome outcome(Truncation truncation, String text, Finish finish) {
        return new AnswerRules(truncation, 2).apply(new ChatAnswer(text, finish));
    }

    @Test
    void answersAreTrimmed() {
        assertThat(outcome(Truncation.KEEP, "\n\u2003 A  text.\t", Finish.COMPLETE))
                .isEqualTo(new Outcome("A  text.", ""));
    }

    @Test
    void thoughtsAreNotPartOfTheAnswer() {
        assertThat(outcome(Truncation.KEEP, "<think>so\nor so</think>\n\nA text.", Finish.COMPLETE)
                        .text())
                .isEqualTo("A text.");
        assertThat(outcome(Truncation.KEEP, "<think>endless", Finish.LENGTH).reason())
                .isEqualTo("empty");
    }

    @Test
    void halfACharacterBecomesAQuestionMark() {
        assertThat(outcome(Truncation.KEEP, "A text \ud83d", Finish.LENGTH).text())
                .isEqualTo("A text ?");
    }

    @Test
    void truncatedAnswersAreKeptCutOrRejected() {
        String text = "It cost $3.50. \"Really?\" she asked.\nThen I we";

        assertThat(outcome(Truncation.KEEP, text, Finish.LENGTH).text()).isEqualTo(text);
        assertThat(outcome(Truncation.LAST_SENTENCE, text, Finish.LENGTH).text())
                .isEqualTo("It cost $3.50. \"Really?\" she asked.");
        assertThat(outcome(Truncation.LAST_SENTENCE, "He said \"So it is.\" and", Finish.LENGTH)
                        .text())
                .isEqualTo("He said \"So it is.\"");
        assertThat(outcome(Truncation.LAST_SENTENCE, "no sentence here", Finish.LENGTH)
                        .reason())
                .isEqualTo("truncated");
        assertThat(outcome(Truncation.REJECT, text, Finish.LENGTH).reason()).isEqualTo("truncated");
        assertThat(outcome(Truncation.REJECT, text, Finish.COMPLETE).text()).isEqualTo(text);
    }

    @Test
    void whatIsNoTextIsRejectedWithItsReason() {
        assertThat(outcome(Truncation.KEEP, " ", Finish.COMPLETE).reason()).isEqualTo("empty");
        assertThat(outcome(Truncation.KEEP, "One", Finish.COMPLETE).reason()).isEqualTo("fewer than 2 words");
        assertThat(outcome(Truncation.KEEP, "A text.", Finish.FILTERED).reason())
                .isEqualTo("content filter");
        assertThat(outcome(Truncation.KEEP, "A text.", Finish.REFUSED).reason()).isEqualTo("refused by the model");
        assertThat(outcome(Truncation.KEEP, "", Finish.PROMPT_TOO_LONG).reason())
                .isEqualTo("prompt too long");
    }
}
