package org.privateevolution.config;

import java.util.List;
import java.util.Optional;
import org.privateevolution.model.AnswerRules;
import org.privateevolution.model.Blanking;
import org.privateevolution.model.Sampling;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.TargetLength;
import org.privateevolution.model.TextSpec;

/** The sections that state how a language model is prompted, and which of its answers become samples. */
final class PromptSettings {

    private PromptSettings() {}

    /** The files with the prompts. */
    static final class Files extends Group<TextSpec.Prompts> {

        final FileSettings random = FileSettings.in(
                this,
                "random",
                "path or URI",
                "required with `text.chat` and `text.llama`; built in beside `tabular`",
                "Prompt file of RANDOM_API, in JSON, as in the reference implementation.",
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

    /** The sampling parameters of the model. */
    static final class Draws extends Group<Sampling> {

        final Setting<Double> temperature = optional(
                        "temperature", Real.NOT_NEGATIVE, null, sampling -> Absence.orNull(sampling.temperature()))
                .otherwise("the model's own")
                .means("Sampling temperature of the model.");
        final Setting<Double> topP = optional(
                        "top_p", new Real(0, false, 1, true), null, sampling -> Absence.orNull(sampling.topP()))
                .otherwise("the model's own")
                .means("Nucleus sampling: total probability of the words to draw from.");
        final Setting<Boolean> seeded = optional("seeded", new Flag(), null, Sampling::seeded)
                .otherwise("`true` with `text.llama`, else `false`")
                .means("Whether a seed is sent with each prompt; some endpoints support none.");
        final Setting<Integer> maxCompletionTokens = value(
                        "max_completion_tokens", Whole.atLeast(0), 512, sampling -> sampling.maxCompletionTokens()
                                .orElse(0))
                .means("Maximum length of an answer; 0 for no limit.");

        /** @param seedable whether the model accepts a seed */
        Sampling read(Section section, boolean seedable) {
            return section.make(() -> new Sampling(
                    Absence.optional(section.get(temperature)),
                    Absence.optional(section.get(topP)),
                    section.has(seeded) ? section.get(seeded) : seedable,
                    Absence.unlessZero(section.get(maxCompletionTokens))));
        }
    }

    /** The masking of parts of a parent. */
    static final class Blanks extends Group<Blanking> {

        final Setting<Blanking.Unit> unit = word("unit", Blanking.Unit.WORD, Blanking::unit)
                .means("Unit that is masked in the variable `masked_sample`; without this section there is no such"
                        + " variable.");
        final Setting<String> mask =
                value("mask", Text.of("string"), "_", Blanking::mask).means("Text in place of a masked part.");
        final Setting<List<Double>> probabilities = optional(
                        "probabilities", Listed.of(Real.SHARE), null, blanking -> blanking.probabilities()
                                .values())
                .otherwise("required with `text.blanking`")
                .means("Probability that a part is masked: one value per vote; the last value repeats.");

        /** Returns empty if nothing is masked, or if a setting is wrong, which is noted. */
        Optional<Blanking> read(Section section) {
            if (section.isEmpty()) {
                return Optional.empty();
            }
            section.require(probabilities, "give one or more numbers from 0 to 1");
            return Optional.ofNullable(section.make(() ->
                    new Blanking(section.get(unit), section.get(mask), new Schedule(section.get(probabilities)))));
        }
    }

    /** The target length of variations. */
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

        /** Returns empty if there is no target length, or if a setting is wrong, which is noted. */
        Optional<TargetLength> read(Section section) {
            return section.isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(section.make(() -> new TargetLength(
                            section.get(std), section.get(minWords), Absence.unlessZero(section.get(tokensPerWord)))));
        }
    }

    /** The rules by which an answer becomes a sample. */
    static final class Answers extends Group<AnswerRules> {

        final Setting<AnswerRules.Truncated> truncated = word(
                        "truncated", AnswerRules.Truncated.LAST_SENTENCE, AnswerRules::truncated)
                .means("What happens to an answer that was cut off: it is kept, cut to its last whole sentence, or"
                        + " rejected.");
        final Setting<Integer> minWords =
                value("min_words", Whole.atLeast(1), 1, AnswerRules::minWords).means("Shorter answers are rejected.");
        final Setting<AnswerRules.Thoughts> thoughts = word(
                        "thoughts", AnswerRules.Thoughts.REMOVE, AnswerRules::thoughts)
                .silent()
                .means("What happens to thoughts that a reasoning model leaves in an answer, such as"
                        + " `<think>...</think>`: they are removed, the answer is rejected, or they are kept.");

        AnswerRules read(Section section) {
            return section.make(
                    () -> new AnswerRules(section.get(truncated), section.get(minWords), section.get(thoughts)));
        }
    }
}
