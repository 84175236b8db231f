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
    final Setting<TextSpec.Pooling> pooling = word("pooling", TextSpec.Pooling.MEAN, TextSpec.Embedding::pooling)
            .means("How token vectors become a text's vector: their mean, or the first one's.");
    final Setting<Boolean> normalize =
            flag("normalize", true, TextSpec.Embedding::normalize).means("Whether vectors are scaled to length 1.");
    final Setting<Integer> maxTokens = value("max_tokens", Whole.atLeast(1), 256, TextSpec.Embedding::maxTokens)
            .means("Where texts are cut for the embedding, at most what the model was built for.");
    final Setting<String> output = optional("output", Text.of("string"), "", TextSpec.Embedding::output)
            .otherwise("the first of shape [texts, tokens, dimension]")
            .means("The model's output that holds token vectors.");
    final Setting<String> column = optional("column", Text.of("column name"), "", TextSpec.Embedding::column)
            .otherwise("none: private texts are embedded on executors")
            .means("Column of the private data with vectors that this very model gave the texts: array&lt;float&gt;,"
                    + " array&lt;double&gt;, binary float32 or ML vectors. Each must be a function of its own record"
                    + " alone: nothing fitted on, batched with or normalised by other private records.");

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
