package org.privateevolution.config;

import org.privateevolution.model.TextSpec;

/** The sentence-transformer that embeds texts. */
final class TextEmbeddingSettings extends Group<TextSpec.Embedding> {

    final FileSettings model = FileSettings.in(
            this,
            "model",
            "path or URI",
            "the quantised all-MiniLM-L6-v2 that the text jar brings",
            "A sentence-transformer as ONNX, weights included. Driver and executors read it.",
            "the model's checksum",
            TextSpec.Embedding::model);
    final FileSettings tokenizer = FileSettings.in(
            this,
            "tokenizer",
            "path or URI",
            "required with `text.embedding.model`",
            "Its `tokenizer.json`.",
            "the tokenizer's checksum",
            TextSpec.Embedding::tokenizer);
    final Setting<TextSpec.Pooling> pooling = value(
            "pooling",
            Words.of(TextSpec.Pooling.class),
            TextSpec.Pooling.MEAN,
            "How token vectors become a text's vector: their mean, or the first one's.",
            TextSpec.Embedding::pooling);
    final Setting<Boolean> normalize = value(
            "normalize", new Flag(), true, "Whether vectors are scaled to length 1.", TextSpec.Embedding::normalize);
    final Setting<Integer> maxTokens = value(
            "max_tokens",
            Whole.atLeast(1),
            256,
            "Where texts are cut for the embedding, at most what the model was built for.",
            TextSpec.Embedding::maxTokens);
    final Setting<String> output = optional(
            "output",
            Text.of("string"),
            "",
            "the first of shape [texts, tokens, dimension]",
            "The model's output that holds token vectors.",
            TextSpec.Embedding::output);
    final Setting<String> column = optional(
            "column",
            Text.of("column name"),
            "",
            "none: private texts are embedded on executors",
            "Column of the private data with vectors that this very model gave the texts: array&lt;float&gt;,"
                    + " array&lt;double&gt;, binary float32 or ML vectors. Each must be a function of its own record"
                    + " alone: nothing fitted on, batched with or normalised by other private records.",
            TextSpec.Embedding::column);

    TextEmbeddingSettings(String path) {
        super(path);
    }

    TextSpec.Embedding read(Section section) {
        if (section.has(model.location())) {
            section.require(tokenizer.location(), "a model needs the tokenizer.json that belongs to it");
        } else {
            section.refuse(tokenizer.location(), "it needs text.embedding.model");
            section.refuse(output, "it needs text.embedding.model");
        }
        return section.make(() -> new TextSpec.Embedding(
                model.read(section),
                tokenizer.read(section),
                section.get(pooling),
                section.get(normalize),
                section.get(maxTokens),
                section.get(output),
                section.get(column)));
    }
}
