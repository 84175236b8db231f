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

        Files(String path) {
            super(path);
        }

        void check(Section section) {
            section.require(random.location(), "give a prompt file");
            section.require(variation.location(), "give a prompt file");
        }
    }

    /** How a model draws its words. */
    static final class Draws extends Group<TextSpec.Prompted> {

        final Setting<Double> temperature = optional(
                "temperature",
                Real.NOT_NEGATIVE,
                Double.NaN,
                "the model's own",
                "How freely the model draws its words.",
                prompted -> prompted.sampling().temperature());
        final Setting<Double> topP = optional(
                "top_p",
                new Real(0, false, 1, true),
                Double.NaN,
                "the model's own",
                "Share of the likeliest words that are drawn from.",
                prompted -> prompted.sampling().topP());
        final Setting<Boolean> seeded = optional(
                "seeded",
                new Flag(),
                null,
                "`true` with `text.llama`, else `false`",
                "Whether a seed is sent with each prompt; some endpoints know none.",
                prompted -> prompted.sampling().seeded());
        final Setting<Integer> maxCompletionTokens = value(
                "max_completion_tokens",
                Whole.atLeast(0),
                512,
                "No answer may be longer; 0 for no limit.",
                TextSpec.Prompted::maxCompletionTokens);

        Draws(String path) {
            super(path);
        }

        /** @param seedable whether the model knows seeds */
        TextSpec.Sampling read(Section section, boolean seedable) {
            return section.make(() -> new TextSpec.Sampling(
                    section.get(temperature), section.get(topP), section.has(seeded) ? section.get(seeded) : seedable));
        }
    }

    /** Parts of a parent that are masked. */
    static final class Blanks extends Group<TextSpec.Blanking> {

        final Setting<TextSpec.Blanking.Unit> unit = value(
                "unit",
                Words.of(TextSpec.Blanking.Unit.class),
                TextSpec.Blanking.Unit.WORD,
                "What is masked at once in the variable `masked_sample`; without this section there is no such variable.",
                TextSpec.Blanking::unit);
        final Setting<String> mask =
                value("mask", Text.of("string"), "_", "What stands for a masked part.", TextSpec.Blanking::mask);
        final Setting<List<Double>> probabilities = optional(
                "probabilities",
                Listed.of(Real.SHARE),
                null,
                "required with `text.blanking`",
                "Probability that a part is masked, by completed votes; the last holds from there on.",
                TextSpec.Blanking::probabilities);

        Blanks(String path) {
            super(path);
        }

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

        final Setting<Double> std = value(
                "std",
                Real.NOT_NEGATIVE,
                0.0,
                "Variable `word_count` of a variation: its parent's words plus normal noise of this standard deviation;"
                        + " without this section there is no such variable.",
                TextSpec.Length::std);
        final Setting<Integer> minWords =
                value("min_words", Whole.atLeast(1), 1, "Least `word_count`.", TextSpec.Length::minWords);
        final Setting<Double> tokensPerWord = value(
                "tokens_per_word",
                Real.NOT_NEGATIVE,
                0.0,
                "Tokens that an answer may have for each word of `word_count`; 0 for no such limit.",
                TextSpec.Length::tokensPerWord);

        Lengths(String path) {
            super(path);
        }

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

        final Setting<TextSpec.Answers.Truncated> truncated = value(
                "truncated",
                Words.of(TextSpec.Answers.Truncated.class),
                TextSpec.Answers.Truncated.LAST_SENTENCE,
                "What is done with an answer that was cut off: kept, cut to its last whole sentence, or rejected.",
                TextSpec.Answers::truncated);
        final Setting<Integer> minWords =
                value("min_words", Whole.atLeast(1), 1, "Shorter answers are rejected.", TextSpec.Answers::minWords);
        final Setting<TextSpec.Answers.Thoughts> thoughts = value(
                "thoughts",
                Words.of(TextSpec.Answers.Thoughts.class),
                TextSpec.Answers.Thoughts.REMOVE,
                "What is done with thoughts that a reasoning model leaves in an answer, such as `<think>...</think>`: taken"
                        + " out, the answer rejected, or kept.",
                TextSpec.Answers::thoughts,
                Trait.SILENT);

        Answers(String path) {
            super(path);
        }

        TextSpec.Answers read(Section section) {
            return section.make(
                    () -> new TextSpec.Answers(section.get(truncated), section.get(minWords), section.get(thoughts)));
        }
    }
}
