package org.privateevolution.config;

import org.privateevolution.model.LlamaSettings;

/** The section of a language model that runs in this process. */
final class LlamaModelSettings extends Group<LlamaSettings> {

    final FileSettings file = FileSettings.in(
            this,
            "model",
            "path",
            "required with `text.llama`",
            "A GGUF file on the driver, which llama.cpp runs in the driver's process.",
            "the file's checksum",
            LlamaSettings::file);
    final Setting<Integer> contextTokens = value(
                    "context_tokens", Whole.atLeast(16), 2048, LlamaSettings::contextTokens)
            .means("Context length: tokens of a prompt and its answer.");
    final Setting<Integer> parallel = value("parallel", Whole.atLeast(1), 4, LlamaSettings::parallel)
            .free()
            .means("Number of prompts that are answered concurrently.");
    final Setting<Integer> threads = value(
                    "threads", Whole.atLeast(0), 0, llama -> llama.threads().orElse(0))
            .free()
            .means("Number of threads; 0 for one per processor of the driver.");
    final Setting<Double> repeatPenalty = value("repeat_penalty", Real.atLeast(1), 1.0, LlamaSettings::repeatPenalty)
            .means("Repeat penalty: divides the score of a repeated token. Small models need about 1.1.");

    LlamaSettings read(Section section) {
        section.require(file.location(), "name a GGUF file");
        return section.make(() -> new LlamaSettings(
                file.read(section),
                section.get(contextTokens),
                section.get(parallel),
                Absence.unlessZero(section.get(threads)),
                section.get(repeatPenalty)));
    }
}
