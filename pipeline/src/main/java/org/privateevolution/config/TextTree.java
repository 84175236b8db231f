package org.privateevolution.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.TextSpec;

/** The text section of a {@link CanonicalConfiguration}. */
final class TextTree {

    private TextTree() {}

    static Map<String, Object> of(TextSpec text) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.TEXT_COLUMNS, text.columns());
        if (!text.labelSeparator().isEmpty()) {
            put(map, Key.TEXT_LABEL_SEPARATOR, text.labelSeparator());
            put(map, Key.TEXT_LABEL_VARIABLES, text.labelVariables());
        }
        map.put("embedding", embedding(text.embedding()));
        if (text.generator() instanceof TextSpec.Prompted prompted) {
            prompted(prompted, map);
        } else if (text.generator() instanceof TextSpec.Corpus corpus) {
            map.put("corpus", corpus(corpus));
        } else if (text.generator() instanceof ForeignGenerator foreign) {
            put(map, Key.TEXT_GENERATION, ExtensionTree.of(foreign));
        }
        return map;
    }

    private static Map<String, Object> embedding(TextSpec.Embedding embedding) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (embedding.extension() != null) {
            put(map, Key.TEXT_EMBEDDING_EXTENSION, ExtensionTree.of(embedding.extension()));
            text(map, Key.TEXT_EMBEDDING_COLUMN, embedding.column());
            return map;
        }
        file(map, Key.TEXT_EMBEDDING_MODEL, Key.TEXT_EMBEDDING_MODEL_SHA256, embedding.model());
        file(map, Key.TEXT_EMBEDDING_TOKENIZER, Key.TEXT_EMBEDDING_TOKENIZER_SHA256, embedding.tokenizer());
        put(map, Key.TEXT_EMBEDDING_POOLING, Word.of(embedding.pooling()));
        put(map, Key.TEXT_EMBEDDING_NORMALIZE, embedding.normalize());
        put(map, Key.TEXT_EMBEDDING_MAX_TOKENS, embedding.maxTokens());
        text(map, Key.TEXT_EMBEDDING_OUTPUT, embedding.output());
        text(map, Key.TEXT_EMBEDDING_COLUMN, embedding.column());
        return map;
    }

    private static void prompted(TextSpec.Prompted prompted, Map<String, Object> map) {
        Map<String, Object> prompts = new LinkedHashMap<>();
        file(prompts, Key.TEXT_PROMPTS_RANDOM, Key.TEXT_PROMPTS_RANDOM_SHA256, prompted.randomPrompt());
        file(prompts, Key.TEXT_PROMPTS_VARIATION, Key.TEXT_PROMPTS_VARIATION_SHA256, prompted.variationPrompt());
        map.put("prompts", prompts);
        Map<String, Object> sampling = new LinkedHashMap<>();
        number(sampling, Key.TEXT_SAMPLING_TEMPERATURE, prompted.sampling().temperature());
        number(sampling, Key.TEXT_SAMPLING_TOP_P, prompted.sampling().topP());
        put(sampling, Key.TEXT_SAMPLING_SEEDED, prompted.sampling().seeded());
        put(sampling, Key.TEXT_SAMPLING_MAX_COMPLETION_TOKENS, prompted.maxCompletionTokens());
        map.put("sampling", sampling);
        if (prompted.blanking() != null) {
            Map<String, Object> blanking = new LinkedHashMap<>();
            put(blanking, Key.TEXT_BLANKING_UNIT, Word.of(prompted.blanking().unit()));
            put(blanking, Key.TEXT_BLANKING_MASK, prompted.blanking().mask());
            put(
                    blanking,
                    Key.TEXT_BLANKING_PROBABILITIES,
                    prompted.blanking().probabilities().stream()
                            .map(CanonicalConfiguration::number)
                            .toList());
            map.put("blanking", blanking);
        }
        if (prompted.length() != null) {
            Map<String, Object> length = new LinkedHashMap<>();
            number(length, Key.TEXT_LENGTH_STD, prompted.length().std());
            put(length, Key.TEXT_LENGTH_MIN_WORDS, prompted.length().minWords());
            number(length, Key.TEXT_LENGTH_TOKENS_PER_WORD, prompted.length().tokensPerWord());
            map.put("length", length);
        }
        Map<String, Object> answers = new LinkedHashMap<>();
        put(answers, Key.TEXT_ANSWERS_TRUNCATED, Word.of(prompted.answers().truncated()));
        put(answers, Key.TEXT_ANSWERS_MIN_WORDS, prompted.answers().minWords());
        if (prompted.answers().thoughts() != TextSpec.Answers.Thoughts.REMOVE) {
            // Absent where it is the default, so that runs from before there was a choice keep their fingerprints.
            put(answers, Key.TEXT_ANSWERS_THOUGHTS, Word.of(prompted.answers().thoughts()));
        }
        map.put("answers", answers);
        Map<String, Object> rejections = new LinkedHashMap<>();
        put(rejections, Key.TEXT_REJECTIONS_ATTEMPTS, prompted.rejections().attempts());
        number(
                rejections,
                Key.TEXT_REJECTIONS_MOST_LEFT_OUT,
                prompted.rejections().mostLeftOut());
        map.put("rejections", rejections);
        if (prompted.model() instanceof TextSpec.Chat chat) {
            map.put("chat", chat(chat));
        } else if (prompted.model() instanceof TextSpec.Llama llama) {
            map.put("llama", llama(llama));
        }
    }

    private static Map<String, Object> chat(TextSpec.Chat chat) {
        Map<String, Object> map = new LinkedHashMap<>();
        List<Map<String, Object>> endpoints = new ArrayList<>();
        chat.endpoints().forEach(endpoint -> endpoints.add(endpoint(endpoint)));
        map.put("endpoints", endpoints);
        Map<String, Object> limits = new LinkedHashMap<>();
        put(limits, Key.TEXT_CHAT_LIMITS_CONCURRENCY, chat.limits().concurrency());
        put(limits, Key.TEXT_CHAT_LIMITS_REQUESTS_PER_MINUTE, chat.limits().requestsPerMinute());
        put(limits, Key.TEXT_CHAT_LIMITS_TOKENS_PER_MINUTE, chat.limits().tokensPerMinute());
        map.put("limits", limits);
        map.put("retry", retry(chat.retry()));
        if (chat.budget() != null) {
            map.put("budget", budget(chat.budget()));
        }
        Map<String, Object> prices = new LinkedHashMap<>();
        number(
                prices,
                Key.TEXT_CHAT_PRICES_PER_MILLION_PROMPT_TOKENS,
                chat.prices().perMillionPromptTokens());
        number(
                prices,
                Key.TEXT_CHAT_PRICES_PER_MILLION_COMPLETION_TOKENS,
                chat.prices().perMillionCompletionTokens());
        number(prices, Key.TEXT_CHAT_PRICES_PER_ANSWER, chat.prices().perAnswer());
        map.put("prices", prices);
        return map;
    }

    private static Map<String, Object> endpoint(TextSpec.Endpoint endpoint) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.TEXT_CHAT_ENDPOINTS_SERVICE, Word.of(endpoint.service()));
        put(map, Key.TEXT_CHAT_ENDPOINTS_URL, endpoint.url());
        put(map, Key.TEXT_CHAT_ENDPOINTS_MODEL, endpoint.model());
        text(map, Key.TEXT_CHAT_ENDPOINTS_API_VERSION, endpoint.apiVersion());
        text(map, Key.TEXT_CHAT_ENDPOINTS_KEY_ENV, endpoint.keyEnvironment());
        text(map, Key.TEXT_CHAT_ENDPOINTS_KEY_FILE, endpoint.keyFile());
        put(map, Key.TEXT_CHAT_ENDPOINTS_ANSWER_LIMIT, Word.of(endpoint.answerLimit()));
        put(map, Key.TEXT_CHAT_ENDPOINTS_PARAMETERS, new TreeMap<>(endpoint.parameters()));
        return map;
    }

    static Map<String, Object> budget(TextSpec.Spending budget) {
        Map<String, Object> map = new LinkedHashMap<>();
        cap(map, Key.TEXT_CHAT_BUDGET_REQUESTS, budget.requests());
        cap(map, Key.TEXT_CHAT_BUDGET_PROMPT_TOKENS, budget.promptTokens());
        cap(map, Key.TEXT_CHAT_BUDGET_COMPLETION_TOKENS, budget.completionTokens());
        if (Double.isFinite(budget.money())) {
            number(map, Key.TEXT_CHAT_BUDGET_MONEY, budget.money());
        }
        return map;
    }

    private static void cap(Map<String, Object> map, Key key, long cap) {
        if (cap < Long.MAX_VALUE) {
            put(map, key, cap);
        }
    }

    static Map<String, Object> retry(TextSpec.Retry retry) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.TEXT_CHAT_RETRY_ATTEMPTS, retry.attempts());
        number(map, Key.TEXT_CHAT_RETRY_FIRST_DELAY, retry.firstDelay());
        number(map, Key.TEXT_CHAT_RETRY_LONGEST_DELAY, retry.longestDelay());
        number(map, Key.TEXT_CHAT_RETRY_TIMEOUT, retry.timeout());
        return map;
    }

    private static Map<String, Object> llama(TextSpec.Llama llama) {
        Map<String, Object> map = new LinkedHashMap<>();
        file(map, Key.TEXT_LLAMA_MODEL, Key.TEXT_LLAMA_MODEL_SHA256, llama.file());
        put(map, Key.TEXT_LLAMA_CONTEXT_TOKENS, llama.contextTokens());
        put(map, Key.TEXT_LLAMA_PARALLEL, llama.parallel());
        put(map, Key.TEXT_LLAMA_THREADS, llama.threads());
        number(map, Key.TEXT_LLAMA_REPEAT_PENALTY, llama.repeatPenalty());
        return map;
    }

    private static Map<String, Object> corpus(TextSpec.Corpus corpus) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.TEXT_CORPUS_FORMAT, corpus.format());
        put(map, Key.TEXT_CORPUS_PATH, corpus.location());
        put(map, Key.TEXT_CORPUS_OPTIONS, new TreeMap<>(corpus.options()));
        put(map, Key.TEXT_CORPUS_COLUMN, corpus.column());
        text(map, Key.TEXT_CORPUS_LABEL_COLUMN, corpus.labelColumn());
        put(map, Key.TEXT_CORPUS_NEIGHBORS, corpus.neighbors());
        text(map, Key.TEXT_CORPUS_SHA256, corpus.sha256());
        return map;
    }

    private static void file(Map<String, Object> map, Key location, Key checksum, PublicFile file) {
        text(map, location, file.location());
        text(map, checksum, file.sha256());
    }

    /** Left out if it is empty. */
    private static void text(Map<String, Object> map, Key key, String value) {
        if (!value.isEmpty()) {
            put(map, key, value);
        }
    }

    /** Left out if it is not a number. */
    private static void number(Map<String, Object> map, Key key, double value) {
        if (!Double.isNaN(value)) {
            put(map, key, CanonicalConfiguration.number(value));
        }
    }

    private static void put(Map<String, Object> map, Key key, Object value) {
        map.put(key.leaf(), value);
    }
}
