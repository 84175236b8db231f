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
 * @param columns private columns that hold the text, at least one; several are joined by a blank line
 * @param labelParts how a label gives its values to the prompts; empty if it is one, of the label column's name
 * @param beside how the text stands beside declared columns; empty if it is all of the record
 */
public record TextSpec(
        List<String> columns,
        Optional<LabelParts> labelParts,
        Embedding embedding,
        Generator generator,
        Optional<Beside> beside)
        implements Modality {

    /** About 600 words, in Java's characters of two bytes. */
    private static final long LONG_TEXT_BYTES = 8_192;

    public TextSpec {
        columns = List.copyOf(columns);
    }

    /** The column of the synthetic texts: the private one's name, or {@code text} if they were joined. */
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

    /** A text is taken to be of the longest answer's length, four bytes a token, in Java's characters of two bytes. */
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

    /** The same with another generator and embedding. */
    public TextSpec with(Embedding otherEmbedding, Generator otherGenerator) {
        return new TextSpec(columns, labelParts, otherEmbedding, otherGenerator, beside);
    }

    /**
     * A text beside declared columns.
     *
     * @param share of the squared distance of two unlike records that the text has, between 0 and 1
     * @param textOnly share of the variations that keep the columns
     * @param columnsOnly share of the variations that keep the text; the others change both
     */
    public record Beside(double share, double textOnly, double columnsOnly) {
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
     * A label that is several values.
     *
     * @param separator what it is split at
     * @param variables variables of the prompts that its parts are, in order
     */
    public record LabelParts(String separator, List<String> variables) {
        public LabelParts {
            variables = List.copyOf(variables);
        }
    }

    /**
     * The sentence-transformer that embeds private and synthetic texts.
     *
     * @param model ONNX graph; built in is the quantised all-MiniLM-L6-v2
     * @param tokenizer its {@code tokenizer.json}; built in if the model is
     * @param column private column that holds the vectors which this model gives the private texts; empty to compute
     *     them
     * @param extension embeds in place of the model; empty if the model does
     */
    public record Embedding(
            PublicFile model,
            PublicFile tokenizer,
            SentenceSettings settings,
            Optional<String> column,
            Optional<ExtensionSpec> extension) {

        /** By the model. */
        public Embedding(PublicFile model, PublicFile tokenizer, SentenceSettings settings, Optional<String> column) {
            this(model, tokenizer, settings, column, Optional.empty());
        }

        /** The same transformer, known by its files' content. */
        public Embedding with(PublicFile pinnedModel, PublicFile pinnedTokenizer) {
            return new Embedding(pinnedModel, pinnedTokenizer, settings, column);
        }
    }

    /** What makes texts. */
    public sealed interface Generator permits Prompted, Corpus, ForeignGenerator {}

    /**
     * A public corpus, without a model: RANDOM_API draws a text, VARIATION_API one of its nearest neighbours.
     *
     * @param format of Spark's readers
     * @param texts where they are; known by what is read
     * @param labelColumn column with each text's label; empty if the run has no labels
     * @param neighbors k by completed votes; the last holds from there on
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

        /** The same corpus, known by its content. */
        public Corpus with(PublicFile pinned) {
            return new Corpus(format, pinned, options, column, labelColumn, neighbors);
        }
    }

    /** A language model that is prompted. */
    public record Prompted(
            Model model, Prompts prompts, Sampling sampling, AnswerRules answers, RejectionRule rejections)
            implements Generator {

        /** The same with another model and prompts. */
        public Prompted with(Model otherModel, Prompts otherPrompts) {
            return new Prompted(otherModel, otherPrompts, sampling, answers, rejections);
        }
    }

    /**
     * What a model is asked.
     *
     * @param random file of the prompt for RANDOM_API
     * @param variation file of the prompt for VARIATION_API
     * @param blanking how its parent is masked; empty for none
     * @param length the length that variations are to have; empty for none
     */
    public record Prompts(
            PublicFile random, PublicFile variation, Optional<Blanking> blanking, Optional<TargetLength> length) {

        /** The same prompts, known by their files' content. */
        public Prompts with(PublicFile pinnedRandom, PublicFile pinnedVariation) {
            return new Prompts(pinnedRandom, pinnedVariation, blanking, length);
        }
    }

    /** Where the language model runs. */
    public sealed interface Model permits Chat, LlamaSettings {}

    /** Endpoints that speak the chat-completions protocol and answer alike. */
    public record Chat(List<ChatEndpoint> endpoints, CallPolicy calls) implements Model {
        public Chat {
            endpoints = List.copyOf(endpoints);
        }

        /** The same, called in another way. */
        public Chat with(CallPolicy other) {
            return new Chat(endpoints, other);
        }
    }
}
