package org.privateevolution.config;

import java.util.List;
import org.privateevolution.model.TextSpec;

/** How a language model is prompted, and what its answers must be. */
final class PromptSettings {

    private PromptSettings() {}

    /** The prompts. */
    static final class Files extends Group<TextSpec.Prompted> {

        final FileSettings random = FileSettings.in(
                this,
                "random",
                "path or URI",
                "required, except with `text.corpus`",
                "Prompt of RANDOM_API, in the reference's JSON format.",
                "the prompt's checksum",
                TextSpec.Prompted::randomPrompt);
        final FileSettings variation = FileSettings.in(
                this,
                "variation",
                "path or URI",
                "required, except with `text.corpus`",
                "Prompt of VARIATION_API.",
                "the prompt's checksum",
                TextSpec.Prompted::variationPrompt);

        void check(Section section) {
            section.require(random.location(), "give a prompt file");
            section.require(variation.location(), "give a prompt file");
        }
    }

    /** How a model draws its words. */
    static final class Draws extends Group<TextSpec.Prompted> {

        final Setting<Double> temperature = optional(
                        "temperature", Real.NOT_NEGATIVE, Double.NaN, prompted -> prompted.sampling()
                                .temperature())
                .otherwise("the model's own")
                .means("How freely the model draws its words.");
        final Setting<Double> topP = optional(
                        "top_p", new Real(0, false, 1, true), Double.NaN, prompted -> prompted.sampling()
                                .topP())
                .otherwise("the model's own")
                .means("Share of the likeliest words that are drawn from.");
        final Setting<Boolean> seeded = optional("seeded", new Flag(), null, prompted -> prompted.sampling()
                        .seeded())
                .otherwise("`true` with `text.llama`, else `false`")
                .means("Whether a seed is sent with each prompt; some endpoints know none.");
        final Setting<Integer> maxCompletionTokens = value(
                        "max_completion_tokens", Whole.atLeast(0), 512, TextSpec.Prompted::maxCompletionTokens)
                .means("No answer may be longer; 0 for no limit.");

        /** @param seedable whether the model knows seeds */
        TextSpec.Sampling read(Section section, boolean seedable) {
            return section.make(() -> new TextSpec.Sampling(
                    section.get(temperature), section.get(topP), section.has(seeded) ? section.get(seeded) : seedable));
        }
    }

    /** Parts of a parent that are masked. */
    static final class Blanks extends Group<TextSpec.Blanking> {

        final Setting<TextSpec.Blanking.Unit> unit = word("unit", TextSpec.Blanking.Unit.WORD, TextSpec.Blanking::unit)
                .means("What is masked at once in the variable `masked_sample`; without this section there is no such"
                        + " variable.");
        final Setting<String> mask =
                value("mask", Text.of("string"), "_", TextSpec.Blanking::mask).means("What stands for a masked part.");
        final Setting<List<Double>> probabilities = optional(
                        "probabilities", Listed.of(Real.SHARE), null, TextSpec.Blanking::probabilities)
                .otherwise("required with `text.blanking`")
                .means("Probability that a part is masked, by completed votes; the last holds from there on.");

        /** Null if there are none. */
        TextSpec.Blanking read(Section section) {
            if (section.isEmpty()) {
                return null;
            }
            section.require(probabilities, "give one or more numbers from 0 to 1");
            return section.make(
                    () -> new TextSpec.Blanking(section.get(unit), section.get(mask), section.get(probabilities)));
        }
    }

    /** The length that variations are to have. */
    static final class Lengths extends Group<TextSpec.Length> {

        final Setting<Double> std = value("std", Real.NOT_NEGATIVE, 0.0, TextSpec.Length::std)
                .means("Variable `word_count` of a variation: its parent's words plus normal noise of this standard"
                        + " deviation; without this section there is no such variable.");
        final Setting<Integer> minWords = value("min_words", Whole.atLeast(1), 1, TextSpec.Length::minWords)
                .means("Least `word_count`.");
        final Setting<Double> tokensPerWord = value(
                        "tokens_per_word", Real.NOT_NEGATIVE, 0.0, TextSpec.Length::tokensPerWord)
                .means("Tokens that an answer may have for each word of `word_count`; 0 for no such limit.");

        /** Null if they have none. */
        TextSpec.Length read(Section section) {
            return section.isEmpty()
                    ? null
                    : section.make(() ->
                            new TextSpec.Length(section.get(std), section.get(minWords), section.get(tokensPerWord)));
        }
    }

    /** What makes an answer a sample. */
    static final class Answers extends Group<TextSpec.Answers> {

        final Setting<TextSpec.Answers.Truncated> truncated = word(
                        "truncated", TextSpec.Answers.Truncated.LAST_SENTENCE, TextSpec.Answers::truncated)
                .means("What is done with an answer that was cut off: kept, cut to its last whole sentence, or"
                        + " rejected.");
        final Setting<Integer> minWords = value("min_words", Whole.atLeast(1), 1, TextSpec.Answers::minWords)
                .means("Shorter answers are rejected.");
        final Setting<TextSpec.Answers.Thoughts> thoughts = word(
                        "thoughts", TextSpec.Answers.Thoughts.REMOVE, TextSpec.Answers::thoughts)
                .silent()
                .means("What is done with thoughts that a reasoning model leaves in an answer, such as"
                        + " `<think>...</think>`: taken out, the answer rejected, or kept.");

        TextSpec.Answers read(Section section) {
            return section.make(
                    () -> new TextSpec.Answers(section.get(truncated), section.get(minWords), section.get(thoughts)));
        }
    }
}
