package org.privateevolution.config;

import java.util.List;
import java.util.Optional;
import org.privateevolution.model.AnswerRules;
import org.privateevolution.model.Blanking;
import org.privateevolution.model.Sampling;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.TargetLength;
import org.privateevolution.model.TextSpec;

/** How a language model is prompted, and what its answers must be. */
final class PromptSettings {

    private PromptSettings() {}

    /** The prompts. */
    static final class Files extends Group<TextSpec.Prompts> {

        final FileSettings random = FileSettings.in(
                this,
                "random",
                "path or URI",
                "required with `text.chat` and `text.llama`; built in beside `tabular`",
                "Prompt of RANDOM_API, in the reference's JSON format.",
                "the prompt's checksum",
                TextSpec.Prompts::random);
        final FileSettings variation = FileSettings.in(
                this,
                "variation",
                "path or URI",
                "required with `text.chat` and `text.llama`; built in beside `tabular`",
                "Prompt of VARIATION_API.",
                "the prompt's checksum",
                TextSpec.Prompts::variation);

        void check(Section section) {
            section.require(random.location(), "give a prompt file");
            section.require(variation.location(), "give a prompt file");
        }
    }

    /** How a model draws its words. */
    static final class Draws extends Group<Sampling> {

        final Setting<Double> temperature = optional(
                        "temperature", Real.NOT_NEGATIVE, null, sampling -> Absence.orNull(sampling.temperature()))
                .otherwise("the model's own")
                .means("How freely the model draws its words.");
        final Setting<Double> topP = optional(
                        "top_p", new Real(0, false, 1, true), null, sampling -> Absence.orNull(sampling.topP()))
                .otherwise("the model's own")
                .means("Share of the likeliest words that are drawn from.");
        final Setting<Boolean> seeded = optional("seeded", new Flag(), null, Sampling::seeded)
                .otherwise("`true` with `text.llama`, else `false`")
                .means("Whether a seed is sent with each prompt; some endpoints know none.");
        final Setting<Integer> maxCompletionTokens = value(
                        "max_completion_tokens", Whole.atLeast(0), 512, sampling -> sampling.maxCompletionTokens()
                                .orElse(0))
                .means("No answer may be longer; 0 for no limit.");

        /** @param seedable whether the model knows seeds */
        Sampling read(Section section, boolean seedable) {
            return section.make(() -> new Sampling(
                    Absence.optional(section.get(temperature)),
                    Absence.optional(section.get(topP)),
                    section.has(seeded) ? section.get(seeded) : seedable,
                    Absence.unlessZero(section.get(maxCompletionTokens))));
        }
    }

    /** Parts of a parent that are masked. */
    static final class Blanks extends Group<Blanking> {

        final Setting<Blanking.Unit> unit = word("unit", Blanking.Unit.WORD, Blanking::unit)
                .means("What is masked at once in the variable `masked_sample`; without this section there is no such"
                        + " variable.");
        final Setting<String> mask =
                value("mask", Text.of("string"), "_", Blanking::mask).means("What stands for a masked part.");
        final Setting<List<Double>> probabilities = optional(
                        "probabilities", Listed.of(Real.SHARE), null, blanking -> blanking.probabilities()
                                .values())
                .otherwise("required with `text.blanking`")
                .means("Probability that a part is masked, by completed votes; the last holds from there on.");

        /** Empty if they are wrong, too, a problem noted. */
        Optional<Blanking> read(Section section) {
            if (section.isEmpty()) {
                return Optional.empty();
            }
            section.require(probabilities, "give one or more numbers from 0 to 1");
            return Optional.ofNullable(section.make(() ->
                    new Blanking(section.get(unit), section.get(mask), new Schedule(section.get(probabilities)))));
        }
    }

    /** The length that variations are to have. */
    static final class Lengths extends Group<TargetLength> {

        final Setting<Double> std = value("std", Real.NOT_NEGATIVE, 0.0, TargetLength::std)
                .means("Variable `word_count` of a variation: its parent's words plus normal noise of this standard"
                        + " deviation; without this section there is no such variable.");
        final Setting<Integer> minWords =
                value("min_words", Whole.atLeast(1), 1, TargetLength::minWords).means("Least `word_count`.");
        final Setting<Double> tokensPerWord = value(
                        "tokens_per_word", Real.NOT_NEGATIVE, 0.0, length -> length.tokensPerWord()
                                .orElse(0))
                .means("Tokens that an answer may have for each word of `word_count`; 0 for no such limit.");

        /** Empty if it is wrong, too, a problem noted. */
        Optional<TargetLength> read(Section section) {
            return section.isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(section.make(() -> new TargetLength(
                            section.get(std), section.get(minWords), Absence.unlessZero(section.get(tokensPerWord)))));
        }
    }

    /** What makes an answer a sample. */
    static final class Answers extends Group<AnswerRules> {

        final Setting<AnswerRules.Truncated> truncated = word(
                        "truncated", AnswerRules.Truncated.LAST_SENTENCE, AnswerRules::truncated)
                .means("What is done with an answer that was cut off: kept, cut to its last whole sentence, or"
                        + " rejected.");
        final Setting<Integer> minWords =
                value("min_words", Whole.atLeast(1), 1, AnswerRules::minWords).means("Shorter answers are rejected.");
        final Setting<AnswerRules.Thoughts> thoughts = word(
                        "thoughts", AnswerRules.Thoughts.REMOVE, AnswerRules::thoughts)
                .silent()
                .means("What is done with thoughts that a reasoning model leaves in an answer, such as"
                        + " `<think>...</think>`: taken out, the answer rejected, or kept.");

        AnswerRules read(Section section) {
            return section.make(
                    () -> new AnswerRules(section.get(truncated), section.get(minWords), section.get(thoughts)));
        }
    }
}
