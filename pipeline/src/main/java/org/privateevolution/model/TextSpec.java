package org.privateevolution.model;

import java.util.List;
import java.util.Map;

/**
 * Generation and embedding of texts (Aug-PE; Xie et al. 2024).
 *
 * @param columns private columns that hold the text, at least one; several are joined by a blank line
 * @param labelSeparator what a label is split at, to give {@code labelVariables} their values; empty if it is not
 * @param labelVariables variables of the prompts that the parts of a label are, in order; empty for one of the label
 *     column's name
 */
public record TextSpec(
        List<String> columns,
        String labelSeparator,
        List<String> labelVariables,
        Embedding embedding,
        Generator generator)
        implements RunSpec.Modality {

    public TextSpec {
        columns = List.copyOf(columns);
        labelVariables = List.copyOf(labelVariables);
    }

    /** The column of the synthetic texts: the private one's name, or {@code text} if they were joined. */
    public String outputColumn() {
        return columns.size() == 1 ? columns.get(0) : "text";
    }

    /** The same with another generator and embedding. */
    public TextSpec with(Embedding otherEmbedding, Generator otherGenerator) {
        return new TextSpec(columns, labelSeparator, labelVariables, otherEmbedding, otherGenerator);
    }

    /**
     * The sentence-transformer that embeds private and synthetic texts.
     *
     * @param model ONNX graph; built in is the quantised all-MiniLM-L6-v2
     * @param tokenizer its {@code tokenizer.json}; built in if the model is
     * @param normalize whether vectors are scaled to length 1
     * @param maxTokens where texts are cut
     * @param output the graph's output to pool; empty for the first that fits
     * @param column private column that holds the vectors which this model gives the private texts; empty to compute them
     * @param extension embeds in place of the model; null if the model does
     */
    public record Embedding(
            PublicFile model,
            PublicFile tokenizer,
            Pooling pooling,
            boolean normalize,
            int maxTokens,
            String output,
            String column,
            ExtensionSpec extension) {

        public Embedding(
                PublicFile model,
                PublicFile tokenizer,
                Pooling pooling,
                boolean normalize,
                int maxTokens,
                String output,
                String column) {
            this(model, tokenizer, pooling, normalize, maxTokens, output, column, null);
        }
    }

    /** How the vectors of a text's tokens become the text's vector. */
    public enum Pooling {
        MEAN,
        CLS
    }

    /** What makes texts. */
    public sealed interface Generator permits Prompted, Corpus, ForeignGenerator {}

    /**
     * A public corpus, without a model: RANDOM_API draws a text, VARIATION_API one of its nearest neighbours.
     *
     * @param format of Spark's readers
     * @param labelColumn column with each text's label; empty if the run has no labels
     * @param neighbors k by completed votes; the last holds from there on
     * @param sha256 of the texts; empty if they have not been read yet
     */
    public record Corpus(
            String format,
            String location,
            Map<String, String> options,
            String column,
            String labelColumn,
            List<Integer> neighbors,
            String sha256)
            implements Generator {
        public Corpus {
            options = Map.copyOf(options);
            neighbors = List.copyOf(neighbors);
        }
    }

    /**
     * A language model that is prompted.
     *
     * @param maxCompletionTokens no answer may be longer; 0 for no limit
     * @param blanking null for none
     * @param length null if variations have no target length
     */
    public record Prompted(
            Model model,
            PublicFile randomPrompt,
            PublicFile variationPrompt,
            Sampling sampling,
            int maxCompletionTokens,
            Blanking blanking,
            Length length,
            Answers answers,
            Rejections rejections)
            implements Generator {}

    /** Where the language model runs. */
    public sealed interface Model permits Chat, Llama {}

    /** How a model draws its words; NaN leaves a number to the model. */
    public record Sampling(double temperature, double topP, boolean seeded) {}

    /** Parts of a parent that are masked before it is shown to the model, by completed votes. */
    public record Blanking(Unit unit, String mask, List<Double> probabilities) {
        public Blanking {
            probabilities = List.copyOf(probabilities);
        }

        /** What is masked at once. */
        public enum Unit {
            WORD,
            TOKEN
        }
    }

    /** The length that variations are to have: their parent's plus normal noise, in words. */
    public record Length(double std, int minWords, double tokensPerWord) {}

    /** What makes an answer a sample. */
    public record Answers(Truncated truncated, int minWords, Thoughts thoughts) {

        /** What is done with an answer that was cut off. */
        public enum Truncated {
            KEEP,
            LAST_SENTENCE,
            REJECT
        }

        /** What is done with the thoughts that a reasoning model leaves in an answer. */
        public enum Thoughts {
            REMOVE,
            REJECT,
            KEEP
        }
    }

    /**
     * What is done about samples that cannot be made.
     *
     * @param attempts prompts for one sample, each with other random choices
     * @param mostLeftOut share of a generation's samples that may be left out
     */
    public record Rejections(int attempts, double mostLeftOut) {}

    /**
     * Endpoints that speak the chat-completions protocol and answer alike.
     *
     * @param budget caps on what the whole run may spend; null for none
     */
    public record Chat(List<Endpoint> endpoints, Limits limits, Retry retry, Spending budget, Prices prices)
            implements Model {
        public Chat {
            endpoints = List.copyOf(endpoints);
        }
    }

    /**
     * One endpoint; where its key is, not the key.
     *
     * @param url what stands before {@code /chat/completions}, or an Azure resource
     * @param model name of the model, or of the Azure deployment
     * @param apiVersion of Azure; else empty
     * @param keyEnvironment environment variable that holds the key; empty if none does
     * @param keyFile file that holds the key; empty if none does
     * @param parameters more fields of the request's body, each JSON or a text
     */
    public record Endpoint(
            Service service,
            String url,
            String model,
            String apiVersion,
            String keyEnvironment,
            String keyFile,
            AnswerLimit answerLimit,
            Map<String, String> parameters) {
        public Endpoint {
            parameters = Map.copyOf(parameters);
        }

        /** How it is addressed. */
        public enum Service {
            OPENAI,
            AZURE
        }

        /** The field of the request's body that limits an answer's tokens. */
        public enum AnswerLimit {
            MAX_TOKENS,
            MAX_COMPLETION_TOKENS
        }
    }

    /** How hard all endpoints together may be pressed; 0 a minute for no limit. */
    public record Limits(int concurrency, long requestsPerMinute, long tokensPerMinute) {}

    /** What is done about a request that fails for the moment; times in seconds. */
    public record Retry(int attempts, double firstDelay, double longestDelay, double timeout) {}

    /** Caps on what is spent; {@link Long#MAX_VALUE} and infinity for none. */
    public record Spending(long requests, long promptTokens, long completionTokens, double money) {}

    /** What endpoints charge, in any unit of money. */
    public record Prices(double perMillionPromptTokens, double perMillionCompletionTokens, double perAnswer) {}

    /**
     * A model in this process, by llama.cpp.
     *
     * @param file a GGUF file on the driver's disk
     * @param contextTokens room for a prompt and its answer
     * @param parallel requests worked on at once
     * @param threads 0 for one a processor
     */
    public record Llama(PublicFile file, int contextTokens, int parallel, int threads, double repeatPenalty)
            implements Model {}
}
