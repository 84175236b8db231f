package org.privateevolution.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.ChatEndpoint;

/**
 * Generation and embedding of texts (Aug-PE; Xie et al. 2024).
 *
 * @param columns columns of the private data with the text, at least one; several are joined by a blank line
 * @param labelParts how a label is split into variables of the prompts; empty if the whole label is one variable, named
 *     as the label column
 * @param beside how the text is combined with declared columns; empty if the text is the whole record
 */
public record TextSpec(
        List<String> columns,
        Optional<LabelParts> labelParts,
        Embedding embedding,
        Generator generator,
        Optional<Beside> beside)
        implements Modality {

    /** About 600 words, at two bytes per Java character. */
    private static final long LONG_TEXT_BYTES = 8_192;

    public TextSpec {
        columns = List.copyOf(columns);
    }

    /**
     * Name of the column of the synthetic texts: that of the private column, or {@code text} if several columns were
     * joined.
     */
    public String outputColumn() {
        return columns.size() == 1 ? columns.get(0) : "text";
    }

    @Override
    public String section() {
        return "text";
    }

    @Override
    public Optional<Content> content() {
        return Optional.of(new Content(columns, outputColumn(), Content.Kind.TEXT));
    }

    @Override
    public Optional<String> vectorColumn() {
        return embedding.column();
    }

    @Override
    public Optional<ForeignGenerator> foreignGenerator() {
        return generator instanceof ForeignGenerator foreign ? Optional.of(foreign) : Optional.empty();
    }

    @Override
    public Optional<ExtensionSpec> foreignEmbedder() {
        return embedding.extension();
    }

    /**
     * Assumes that a text has the length of the longest answer, four characters per token, at two bytes per Java
     * character.
     */
    @Override
    public long sampleBytes() {
        OptionalInt longest = generator instanceof Prompted prompted
                ? prompted.sampling().maxCompletionTokens()
                : OptionalInt.empty();
        return longest.isPresent() ? 8L * longest.getAsInt() : LONG_TEXT_BYTES;
    }

    @Override
    public Optional<ModelCalls> modelCalls() {
        if (!(generator instanceof Prompted prompted)) {
            return Optional.empty();
        }
        Optional<CallPolicy> endpoints =
                prompted.model() instanceof Chat chat ? Optional.of(chat.calls()) : Optional.empty();
        return Optional.of(
                new ModelCalls(endpoints, new Answers.Tokens(prompted.sampling().maxCompletionTokens())));
    }

    /** Returns this specification with another embedding and generator. */
    public TextSpec with(Embedding otherEmbedding, Generator otherGenerator) {
        return new TextSpec(columns, labelParts, otherEmbedding, otherGenerator, beside);
    }

    /**
     * How a text is combined with declared columns in one record.
     *
     * @param share the text's share of the squared distance between two unrelated records, between 0 and 1, exclusive
     * @param textOnly share of the variations that keep the columns and rewrite the text
     * @param columnsOnly share of the variations that keep the text and vary the columns; all others change both
     * @param rating name of the column with the rating that goes with the text, or {@link #NO_RATING}; empty to tell it
     *     by its name
     */
    public record Beside(double share, double textOnly, double columnsOnly, String rating) {

        /** In place of a column, if none holds ratings. */
        public static final String NO_RATING = "none";

        public Beside {
            if (!(share > 0 && share < 1)) {
                throw new IllegalArgumentException("the text's share is " + share + ": it must lie between 0 and 1");
            }
            if (!(textOnly >= 0 && columnsOnly >= 0 && textOnly + columnsOnly <= 1)) {
                throw new IllegalArgumentException("the shares of variations that keep the columns (" + textOnly
                        + ") and that keep the text (" + columnsOnly + ") must not be negative, and sum to 1 at most");
            }
        }
    }

    /**
     * Splits a label into several variables of the prompts.
     *
     * @param separator separator of the parts
     * @param variables names of the variables, in the order of the parts
     */
    public record LabelParts(String separator, List<String> variables) {
        public LabelParts {
            variables = List.copyOf(variables);
        }
    }

    /**
     * The sentence-transformer that embeds private and synthetic texts.
     *
     * @param model ONNX graph; the built-in one is the quantised all-MiniLM-L6-v2
     * @param tokenizer the model's {@code tokenizer.json}; built in if the model is
     * @param column column of the private data with vectors that this model computed from the private texts; empty to
     *     compute them
     * @param extension embeds texts instead of the model; empty if the model does
     */
    public record Embedding(
            PublicFile model,
            PublicFile tokenizer,
            SentenceSettings settings,
            Optional<String> column,
            Optional<ExtensionSpec> extension) {

        /** An embedding by the model. */
        public Embedding(PublicFile model, PublicFile tokenizer, SentenceSettings settings, Optional<String> column) {
            this(model, tokenizer, settings, column, Optional.empty());
        }

        /** Returns the same transformer, identified by the checksums of its files. */
        public Embedding with(PublicFile pinnedModel, PublicFile pinnedTokenizer) {
            return new Embedding(pinnedModel, pinnedTokenizer, settings, column);
        }
    }

    /** Generates texts. */
    public sealed interface Generator permits Prompted, Corpus, ForeignGenerator {}

    /**
     * A public corpus, used without a model: RANDOM_API draws a text, VARIATION_API draws one of a text's nearest
     * neighbours.
     *
     * @param format a format of Spark's readers
     * @param texts location of the texts, which are identified by the records that are read
     * @param labelColumn column with each text's label; empty if the run has no labels
     * @param neighbors number k of nearest neighbours, by completed votes; the last value holds for all later votes
     */
    public record Corpus(
            String format,
            PublicFile texts,
            Map<String, String> options,
            String column,
            Optional<String> labelColumn,
            List<Integer> neighbors)
            implements Generator {
        public Corpus {
            options = Map.copyOf(options);
            neighbors = List.copyOf(neighbors);
        }

        /** Returns the same corpus, identified by its checksum. */
        public Corpus with(PublicFile pinned) {
            return new Corpus(format, pinned, options, column, labelColumn, neighbors);
        }
    }

    /** A language model that is prompted. */
    public record Prompted(
            Model model, Prompts prompts, Sampling sampling, AnswerRules answers, RejectionRule rejections)
            implements Generator {

        /** Returns the same generator with another model and prompts. */
        public Prompted with(Model otherModel, Prompts otherPrompts) {
            return new Prompted(otherModel, otherPrompts, sampling, answers, rejections);
        }
    }

    /**
     * The prompts of a language model.
     *
     * @param random file of the prompt for RANDOM_API
     * @param variation file of the prompt for VARIATION_API
     * @param blanking how the parent in the variation prompt is masked; empty for no masking
     * @param length target length of variations; empty for none
     */
    public record Prompts(
            PublicFile random, PublicFile variation, Optional<Blanking> blanking, Optional<TargetLength> length) {

        /** Returns the same prompts, identified by the checksums of their files. */
        public Prompts with(PublicFile pinnedRandom, PublicFile pinnedVariation) {
            return new Prompts(pinnedRandom, pinnedVariation, blanking, length);
        }
    }

    /** Where the language model runs. */
    public sealed interface Model permits Chat, LlamaSettings {}

    /** Interchangeable endpoints that speak the chat-completions protocol. */
    public record Chat(List<ChatEndpoint> endpoints, CallPolicy calls) implements Model {
        public Chat {
            endpoints = List.copyOf(endpoints);
        }

        /** Returns the same endpoints with another call policy. */
        public Chat with(CallPolicy other) {
            return new Chat(endpoints, other);
        }
    }
}
