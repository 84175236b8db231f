package org.privateevolution.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.SentenceSettings;
import org.privateevolution.model.TextSpec;

/** The section of the sentence-transformer that embeds texts. */
final class TextEmbeddingSettings extends Group<TextSpec.Embedding> {

    final FileSettings model = FileSettings.in(
            this,
            "model",
            "path or URI",
            "the quantised all-MiniLM-L6-v2 in the text jar",
            "A sentence-transformer in ONNX format, weights included. Driver and executors read it.",
            "the model's checksum",
            transformer(TextSpec.Embedding::model));
    final FileSettings tokenizer = FileSettings.in(
            this,
            "tokenizer",
            "path or URI",
            "required with `text.embedding.model`",
            "Its `tokenizer.json`.",
            "the tokenizer's checksum",
            transformer(TextSpec.Embedding::tokenizer));
    final Setting<SentenceSettings.Pooling> pooling = word(
                    "pooling", SentenceSettings.Pooling.MEAN, settings(SentenceSettings::pooling))
            .means("How the vector of a text is computed: the mean of the token vectors, or the vector of the"
                    + " first token.");
    final Setting<Boolean> normalize = flag("normalize", true, settings(SentenceSettings::normalize))
            .means("Whether vectors are scaled to length 1.");
    final Setting<Integer> maxTokens = value("max_tokens", Whole.atLeast(1), 256, settings(SentenceSettings::maxTokens))
            .means("Number of tokens after which a text is cut for the embedding, at most what the model supports.");
    final Setting<String> output = optional("output", Text.of("string"), "", settings(SentenceSettings::output))
            .otherwise("the first of shape [texts, tokens, dimension]")
            .means("Output of the model that contains the token vectors.");
    final Setting<ExtensionSpec> extension = optional(
                    "extension", ExtensionType.embedder(), null, embedding -> embedding
                            .extension()
                            .orElse(null))
            .otherwise("the model")
            .means("[Extension](extending.md) that embeds texts in place of a model.");
    final Setting<String> column = optional("column", Text.of("column name"), null, embedding -> embedding
                    .column()
                    .orElse(null))
            .otherwise("none: private texts are embedded on executors")
            .means("Column of the private data with the vectors that the same model gave the texts: array&lt;float&gt;,"
                    + " array&lt;double&gt;, binary float32 or ML vectors. Each must be a function of its own record"
                    + " alone: nothing fitted on, batched with or normalised by other private records.");

    /** Omits the transformer's settings from canonical configurations if an extension replaces it. */
    private static <T> Function<TextSpec.Embedding, T> transformer(Function<TextSpec.Embedding, T> of) {
        return embedding -> embedding.extension().isPresent() ? null : of.apply(embedding);
    }

    private static <T> Function<TextSpec.Embedding, T> settings(Function<SentenceSettings, T> of) {
        return transformer(embedding -> of.apply(embedding.settings()));
    }

    TextSpec.Embedding read(Section section) {
        if (section.has(extension)) {
            // With an extension, only the column of its precomputed vectors may be given.
            for (Setting<?> setting : List.of(
                    model.location(),
                    model.sha256(),
                    tokenizer.location(),
                    tokenizer.sha256(),
                    pooling,
                    normalize,
                    maxTokens,
                    output)) {
                section.refuse(setting, "it has no effect with text.embedding.extension: remove it");
            }
        } else if (section.has(model.location())) {
            section.require(tokenizer.location(), "a model needs the tokenizer.json that belongs to it");
        } else {
            section.refuse(tokenizer.location(), "it needs text.embedding.model");
            section.refuse(output, "it needs text.embedding.model");
        }
        return section.make(() -> new TextSpec.Embedding(
                model.read(section),
                tokenizer.read(section),
                new SentenceSettings(
                        section.get(pooling), section.get(normalize), section.get(maxTokens), section.get(output)),
                Optional.ofNullable(section.get(column)),
                Optional.ofNullable(section.get(extension))));
    }
}
