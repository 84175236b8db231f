package org.privateevolution.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.privateevolution.model.AnswerRules;
import org.privateevolution.model.Blanking;
import org.privateevolution.model.ForeignGenerator;
import org.privateevolution.model.LlamaSettings;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.Sampling;
import org.privateevolution.model.SentenceSettings;
import org.privateevolution.model.TargetLength;
import org.privateevolution.model.TextSpec;
import org.privateevolution.model.endpoint.ChatEndpoint;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.KeySource;
import org.privateevolution.model.endpoint.Limits;
import org.privateevolution.model.endpoint.Prices;
import org.privateevolution.model.endpoint.Retry;

/** The text section of a {@link CanonicalConfiguration}. */
final class TextTree {

    private TextTree() {}

    static Map<String, Object> of(TextSpec text) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.TEXT_COLUMNS, text.columns());
        text.labelParts().ifPresent(parts -> {
            put(map, Key.TEXT_LABEL_SEPARATOR, parts.separator());
            put(map, Key.TEXT_LABEL_VARIABLES, parts.variables());
        });
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
        if (embedding.extension().isPresent()) {
            put(
                    map,
                    Key.TEXT_EMBEDDING_EXTENSION,
                    ExtensionTree.of(embedding.extension().get()));
            embedding.column().ifPresent(column -> put(map, Key.TEXT_EMBEDDING_COLUMN, column));
            return map;
        }
        file(map, Key.TEXT_EMBEDDING_MODEL, Key.TEXT_EMBEDDING_MODEL_SHA256, embedding.model());
        file(map, Key.TEXT_EMBEDDING_TOKENIZER, Key.TEXT_EMBEDDING_TOKENIZER_SHA256, embedding.tokenizer());
        SentenceSettings settings = embedding.settings();
        put(map, Key.TEXT_EMBEDDING_POOLING, Word.of(settings.pooling()));
        put(map, Key.TEXT_EMBEDDING_NORMALIZE, settings.normalize());
        put(map, Key.TEXT_EMBEDDING_MAX_TOKENS, settings.maxTokens());
        text(map, Key.TEXT_EMBEDDING_OUTPUT, settings.output());
        embedding.column().ifPresent(column -> put(map, Key.TEXT_EMBEDDING_COLUMN, column));
        return map;
    }

    private static void prompted(TextSpec.Prompted prompted, Map<String, Object> map) {
        Map<String, Object> prompts = new LinkedHashMap<>();
        file(
                prompts,
                Key.TEXT_PROMPTS_RANDOM,
                Key.TEXT_PROMPTS_RANDOM_SHA256,
                prompted.prompts().random());
        file(
                prompts,
                Key.TEXT_PROMPTS_VARIATION,
                Key.TEXT_PROMPTS_VARIATION_SHA256,
                prompted.prompts().variation());
        map.put("prompts", prompts);
        Map<String, Object> sampling = new LinkedHashMap<>();
        Sampling given = prompted.sampling();
        given.temperature().ifPresent(number -> number(sampling, Key.TEXT_SAMPLING_TEMPERATURE, number));
        given.topP().ifPresent(number -> number(sampling, Key.TEXT_SAMPLING_TOP_P, number));
        put(sampling, Key.TEXT_SAMPLING_SEEDED, given.seeded());
        put(
                sampling,
                Key.TEXT_SAMPLING_MAX_COMPLETION_TOKENS,
                given.maxCompletionTokens().orElse(0));
        map.put("sampling", sampling);
        prompted.prompts().blanking().ifPresent(blanking -> map.put("blanking", blanking(blanking)));
        prompted.prompts().length().ifPresent(length -> map.put("length", length(length)));
        Map<String, Object> answers = new LinkedHashMap<>();
        put(answers, Key.TEXT_ANSWERS_TRUNCATED, Word.of(prompted.answers().truncated()));
        put(answers, Key.TEXT_ANSWERS_MIN_WORDS, prompted.answers().minWords());
        if (prompted.answers().thoughts() != AnswerRules.Thoughts.REMOVE) {
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
        } else if (prompted.model() instanceof LlamaSettings llama) {
            map.put("llama", llama(llama));
        }
    }

    private static Map<String, Object> blanking(Blanking blanking) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.TEXT_BLANKING_UNIT, Word.of(blanking.unit()));
        put(map, Key.TEXT_BLANKING_MASK, blanking.mask());
        put(
                map,
                Key.TEXT_BLANKING_PROBABILITIES,
                blanking.probabilities().values().stream()
                        .map(CanonicalConfiguration::number)
                        .toList());
        return map;
    }

    private static Map<String, Object> length(TargetLength length) {
        Map<String, Object> map = new LinkedHashMap<>();
        number(map, Key.TEXT_LENGTH_STD, length.std());
        put(map, Key.TEXT_LENGTH_MIN_WORDS, length.minWords());
        number(map, Key.TEXT_LENGTH_TOKENS_PER_WORD, length.tokensPerWord().orElse(0));
        return map;
    }

    private static Map<String, Object> chat(TextSpec.Chat chat) {
        Map<String, Object> map = new LinkedHashMap<>();
        List<Map<String, Object>> endpoints = new ArrayList<>();
        chat.endpoints().forEach(endpoint -> endpoints.add(endpoint(endpoint)));
        map.put("endpoints", endpoints);
        Map<String, Object> limits = new LinkedHashMap<>();
        Limits given = chat.calls().limits();
        put(limits, Key.TEXT_CHAT_LIMITS_CONCURRENCY, given.concurrency());
        put(
                limits,
                Key.TEXT_CHAT_LIMITS_REQUESTS_PER_MINUTE,
                given.requestsPerMinute().orElse(0));
        put(
                limits,
                Key.TEXT_CHAT_LIMITS_TOKENS_PER_MINUTE,
                given.tokensPerMinute().orElse(0));
        map.put("limits", limits);
        map.put("retry", retry(chat.calls().retry()));
        budget(map, chat.calls().budget());
        Map<String, Object> prices = new LinkedHashMap<>();
        Prices charged = chat.calls().prices();
        number(prices, Key.TEXT_CHAT_PRICES_PER_MILLION_PROMPT_TOKENS, charged.perMillionPromptTokens());
        number(prices, Key.TEXT_CHAT_PRICES_PER_MILLION_COMPLETION_TOKENS, charged.perMillionCompletionTokens());
        number(prices, Key.TEXT_CHAT_PRICES_PER_ANSWER, charged.perAnswer());
        map.put("prices", prices);
        return map;
    }

    private static Map<String, Object> endpoint(ChatEndpoint endpoint) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (endpoint.service() instanceof ChatEndpoint.AzureOpenAi azure) {
            put(map, Key.TEXT_CHAT_ENDPOINTS_SERVICE, "azure");
            put(map, Key.TEXT_CHAT_ENDPOINTS_URL, azure.resourceUrl());
            put(map, Key.TEXT_CHAT_ENDPOINTS_MODEL, azure.deployment());
            put(map, Key.TEXT_CHAT_ENDPOINTS_API_VERSION, azure.apiVersion());
        } else if (endpoint.service() instanceof ChatEndpoint.OpenAiCompatible openAi) {
            put(map, Key.TEXT_CHAT_ENDPOINTS_SERVICE, "openai");
            put(map, Key.TEXT_CHAT_ENDPOINTS_URL, openAi.baseUrl());
            put(map, Key.TEXT_CHAT_ENDPOINTS_MODEL, openAi.model());
        }
        key(map, endpoint.key());
        put(map, Key.TEXT_CHAT_ENDPOINTS_ANSWER_LIMIT, Word.of(endpoint.answerLimit()));
        put(map, Key.TEXT_CHAT_ENDPOINTS_PARAMETERS, new TreeMap<>(endpoint.parameters()));
        return map;
    }

    static void key(Map<String, Object> map, KeySource key) {
        if (key instanceof KeySource.Environment environment) {
            put(map, Key.TEXT_CHAT_ENDPOINTS_KEY_ENV, environment.variable());
        } else if (key instanceof KeySource.SecretFile file) {
            put(map, Key.TEXT_CHAT_ENDPOINTS_KEY_FILE, file.path());
        }
    }

    /** Left out if nothing is capped. */
    static void budget(Map<String, Object> map, EndpointBudget budget) {
        Map<String, Object> caps = new LinkedHashMap<>();
        budget.requests().ifPresent(cap -> put(caps, Key.TEXT_CHAT_BUDGET_REQUESTS, cap));
        budget.promptTokens().ifPresent(cap -> put(caps, Key.TEXT_CHAT_BUDGET_PROMPT_TOKENS, cap));
        budget.completionTokens().ifPresent(cap -> put(caps, Key.TEXT_CHAT_BUDGET_COMPLETION_TOKENS, cap));
        budget.money().ifPresent(cap -> number(caps, Key.TEXT_CHAT_BUDGET_MONEY, cap));
        if (!caps.isEmpty()) {
            map.put("budget", caps);
        }
    }

    static Map<String, Object> retry(Retry retry) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.TEXT_CHAT_RETRY_ATTEMPTS, retry.attempts());
        number(map, Key.TEXT_CHAT_RETRY_FIRST_DELAY, retry.firstDelaySeconds());
        number(map, Key.TEXT_CHAT_RETRY_LONGEST_DELAY, retry.longestDelaySeconds());
        number(map, Key.TEXT_CHAT_RETRY_TIMEOUT, retry.timeoutSeconds());
        return map;
    }

    private static Map<String, Object> llama(LlamaSettings llama) {
        Map<String, Object> map = new LinkedHashMap<>();
        file(map, Key.TEXT_LLAMA_MODEL, Key.TEXT_LLAMA_MODEL_SHA256, llama.file());
        put(map, Key.TEXT_LLAMA_CONTEXT_TOKENS, llama.contextTokens());
        put(map, Key.TEXT_LLAMA_PARALLEL, llama.parallel());
        put(map, Key.TEXT_LLAMA_THREADS, llama.threads().orElse(0));
        number(map, Key.TEXT_LLAMA_REPEAT_PENALTY, llama.repeatPenalty());
        return map;
    }

    private static Map<String, Object> corpus(TextSpec.Corpus corpus) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, Key.TEXT_CORPUS_FORMAT, corpus.format());
        put(map, Key.TEXT_CORPUS_PATH, corpus.texts().location());
        put(map, Key.TEXT_CORPUS_OPTIONS, new TreeMap<>(corpus.options()));
        put(map, Key.TEXT_CORPUS_COLUMN, corpus.column());
        corpus.labelColumn().ifPresent(column -> put(map, Key.TEXT_CORPUS_LABEL_COLUMN, column));
        put(map, Key.TEXT_CORPUS_NEIGHBORS, corpus.neighbors());
        corpus.texts().sha256().ifPresent(sha256 -> put(map, Key.TEXT_CORPUS_SHA256, sha256));
        return map;
    }

    private static void file(Map<String, Object> map, Key location, Key checksum, PublicFile file) {
        text(map, location, file.location());
        file.sha256().ifPresent(sha256 -> put(map, checksum, sha256));
    }

    /** Left out if it is empty. */
    private static void text(Map<String, Object> map, Key key, String value) {
        if (!value.isEmpty()) {
            put(map, key, value);
        }
    }

    private static void number(Map<String, Object> map, Key key, double value) {
        put(map, key, CanonicalConfiguration.number(value));
    }

    private static void put(Map<String, Object> map, Key key, Object value) {
        map.put(key.leaf(), value);
    }
}
