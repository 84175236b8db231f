package org.privateevolution.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.privateevolution.model.AnswerRules;
import org.privateevolution.model.Blanking;
import org.privateevolution.model.LlamaSettings;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Sampling;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.SentenceSettings;
import org.privateevolution.model.TargetLength;
import org.privateevolution.model.TextSpec;
import org.privateevolution.model.endpoint.CallPolicy;
import org.privateevolution.model.endpoint.ChatEndpoint;
import org.privateevolution.model.endpoint.EndpointBudget;
import org.privateevolution.model.endpoint.KeySource;
import org.privateevolution.model.endpoint.Limits;
import org.privateevolution.model.endpoint.Prices;
import org.privateevolution.model.endpoint.Retry;

/** Reads how texts are embedded and generated. */
final class TextReader {

    private static final int LAST_PORT = 65_535;

    private static final String EMBEDDING = "embedding";
    private static final String PROMPTS = "prompts";
    private static final String SAMPLING = "sampling";
    private static final String BLANKING = "blanking";
    private static final String LENGTH = "length";
    private static final String ANSWERS = "answers";
    private static final String REJECTIONS = "rejections";
    private static final String CHAT = "chat";
    private static final String LLAMA = "llama";
    private static final String CORPUS = "corpus";
    private static final int MAX_NEIGHBORS = 31;
    private static final int MIN_CONTEXT_TOKENS = 16;

    private static final Map<String, String> CORPUS_FORMATS = List.of("parquet", "csv", "json", "orc", "text").stream()
            .collect(Collectors.toMap(Function.identity(), Function.identity()));

    /** How endpoints are addressed, as a configuration says it. */
    private enum Service {
        OPENAI,
        AZURE
    }

    private final Section section;
    private final Problems problems;

    TextReader(Section section, Problems problems) {
        this.section = section;
        this.problems = problems;
    }

    /** @param labels null if they are wrong, a problem already noted */
    TextSpec read(RunSpec.Labels labels) {
        int before = problems.count();
        List<String> columns = section.texts(Key.TEXT_COLUMNS);
        TextSpec.Embedding embedding = embedding(section.section(EMBEDDING));
        TextSpec.Generator generator = generator(labels);
        Optional<TextSpec.LabelParts> labelParts = labelParts(labels);
        return problems.count() > before ? null : new TextSpec(columns, labelParts, embedding, generator);
    }

    private Optional<TextSpec.LabelParts> labelParts(RunSpec.Labels labels) {
        if (!section.has(Key.TEXT_LABEL_SEPARATOR)) {
            section.refuse(Key.TEXT_LABEL_VARIABLES, "it needs text.label_separator");
            return Optional.empty();
        }
        String separator = section.raw(Key.TEXT_LABEL_SEPARATOR);
        if (!section.has(Key.TEXT_LABEL_VARIABLES)) {
            section.missing(Key.TEXT_LABEL_VARIABLES, "name the variables that the parts of a label are");
        }
        List<String> variables = section.texts(Key.TEXT_LABEL_VARIABLES);
        if (labels == null || separator == null || variables == null) {
            return Optional.empty();
        }
        for (String label : labels.names()) {
            int parts = label.split(java.util.regex.Pattern.quote(separator), -1).length;
            if (parts != variables.size()) {
                section.conflict(
                        Key.TEXT_LABEL_VARIABLES,
                        "there are " + variables.size() + ", but the label '" + label + "' has " + parts + " parts");
                return Optional.empty();
            }
        }
        return Optional.of(new TextSpec.LabelParts(separator, variables));
    }

    private TextSpec.Embedding embedding(Section embedding) {
        boolean own = embedding.has(Key.TEXT_EMBEDDING_MODEL);
        if (own && !embedding.has(Key.TEXT_EMBEDDING_TOKENIZER)) {
            embedding.missing(Key.TEXT_EMBEDDING_TOKENIZER, "a model needs the tokenizer.json that belongs to it");
        }
        if (!own) {
            String reason = "it needs text.embedding.model";
            embedding.refuse(Key.TEXT_EMBEDDING_TOKENIZER, reason);
            embedding.refuse(Key.TEXT_EMBEDDING_OUTPUT, reason);
        }
        PublicFile model = file(embedding, Key.TEXT_EMBEDDING_MODEL, Key.TEXT_EMBEDDING_MODEL_SHA256);
        PublicFile tokenizer = file(embedding, Key.TEXT_EMBEDDING_TOKENIZER, Key.TEXT_EMBEDDING_TOKENIZER_SHA256);
        SentenceSettings.Pooling pooling = embedding.choice(Key.TEXT_EMBEDDING_POOLING, SentenceSettings.Pooling.class);
        Boolean normalize = embedding.flag(Key.TEXT_EMBEDDING_NORMALIZE);
        Integer maxTokens = embedding.integer(Key.TEXT_EMBEDDING_MAX_TOKENS, 1, Integer.MAX_VALUE);
        String output = orEmpty(embedding.text(Key.TEXT_EMBEDDING_OUTPUT));
        Optional<String> column = Optional.ofNullable(embedding.text(Key.TEXT_EMBEDDING_COLUMN));
        return pooling == null || normalize == null || maxTokens == null
                ? null
                : new TextSpec.Embedding(
                        model, tokenizer, new SentenceSettings(pooling, normalize, maxTokens, output), column);
    }

    private TextSpec.Generator generator(RunSpec.Labels labels) {
        List<String> given =
                List.of(CHAT, LLAMA, CORPUS).stream().filter(section::hasGroup).toList();
        if (given.size() != 1) {
            section.conflict("give exactly one of " + CHAT + " (endpoints), " + LLAMA
                    + " (a model in this process) and " + CORPUS + " (public texts)"
                    + (given.isEmpty() ? "" : ", not " + String.join(" and ", given)));
            return null;
        }
        return given.get(0).equals(CORPUS)
                ? corpus(labels)
                : prompted(given.get(0).equals(LLAMA));
    }

    private TextSpec.Prompted prompted(boolean llama) {
        int before = problems.count();
        Section prompts = section.section(PROMPTS);
        for (Key key : List.of(Key.TEXT_PROMPTS_RANDOM, Key.TEXT_PROMPTS_VARIATION)) {
            if (!prompts.has(key)) {
                prompts.missing(key, "give a prompt file");
            }
        }
        PublicFile random = file(prompts, Key.TEXT_PROMPTS_RANDOM, Key.TEXT_PROMPTS_RANDOM_SHA256);
        PublicFile variation = file(prompts, Key.TEXT_PROMPTS_VARIATION, Key.TEXT_PROMPTS_VARIATION_SHA256);
        Section sampling = section.section(SAMPLING);
        Double temperature = sampling.number(Key.TEXT_SAMPLING_TEMPERATURE, x -> x >= 0, "must be at least 0");
        Double topP =
                sampling.number(Key.TEXT_SAMPLING_TOP_P, x -> x > 0 && x <= 1, "must be greater than 0 and at most 1");
        // Boxed on both sides: a flag that is refused is null.
        Boolean seeded = sampling.has(Key.TEXT_SAMPLING_SEEDED)
                ? sampling.flag(Key.TEXT_SAMPLING_SEEDED)
                : Boolean.valueOf(llama);
        Integer maxTokens = sampling.integer(Key.TEXT_SAMPLING_MAX_COMPLETION_TOKENS, 0, Integer.MAX_VALUE);
        Optional<Blanking> blanking = blanking(section.section(BLANKING));
        Optional<TargetLength> length = length(section.section(LENGTH));
        AnswerRules answers = answers(section.section(ANSWERS));
        RejectionRule rejections = rejections(section.section(REJECTIONS));
        TextSpec.Model model = llama ? llama(section.section(LLAMA)) : chat(section.section(CHAT));
        return problems.count() > before
                ? null
                : new TextSpec.Prompted(
                        model,
                        new TextSpec.Prompts(random, variation, blanking, length),
                        new Sampling(optional(temperature), optional(topP), seeded, unlessZero(maxTokens)),
                        answers,
                        rejections);
    }

    private static Optional<Blanking> blanking(Section blanking) {
        if (blanking.isEmpty()) {
            return Optional.empty();
        }
        if (!blanking.has(Key.TEXT_BLANKING_PROBABILITIES)) {
            blanking.missing(Key.TEXT_BLANKING_PROBABILITIES, "give one or more numbers from 0 to 1");
            return Optional.empty();
        }
        Blanking.Unit unit = blanking.choice(Key.TEXT_BLANKING_UNIT, Blanking.Unit.class);
        String mask = blanking.text(Key.TEXT_BLANKING_MASK);
        List<Double> probabilities =
                blanking.numberList(Key.TEXT_BLANKING_PROBABILITIES, x -> x >= 0 && x <= 1, "must be from 0 to 1");
        return unit == null || mask == null || probabilities == null
                ? Optional.empty()
                : Optional.of(new Blanking(unit, mask, new Schedule(probabilities)));
    }

    private static Optional<TargetLength> length(Section length) {
        if (length.isEmpty()) {
            return Optional.empty();
        }
        Double std = notNegative(length, Key.TEXT_LENGTH_STD);
        Integer minWords = length.integer(Key.TEXT_LENGTH_MIN_WORDS, 1, Integer.MAX_VALUE);
        Double tokensPerWord = notNegative(length, Key.TEXT_LENGTH_TOKENS_PER_WORD);
        return std == null || minWords == null || tokensPerWord == null
                ? Optional.empty()
                : Optional.of(new TargetLength(
                        std, minWords, tokensPerWord == 0 ? OptionalDouble.empty() : OptionalDouble.of(tokensPerWord)));
    }

    private static AnswerRules answers(Section answers) {
        AnswerRules.Truncated truncated = answers.choice(Key.TEXT_ANSWERS_TRUNCATED, AnswerRules.Truncated.class);
        Integer minWords = answers.integer(Key.TEXT_ANSWERS_MIN_WORDS, 1, Integer.MAX_VALUE);
        AnswerRules.Thoughts thoughts = answers.choice(Key.TEXT_ANSWERS_THOUGHTS, AnswerRules.Thoughts.class);
        return truncated == null || minWords == null || thoughts == null
                ? null
                : new AnswerRules(truncated, minWords, thoughts);
    }

    static RejectionRule rejections(Section rejections) {
        Integer attempts = rejections.integer(Key.TEXT_REJECTIONS_ATTEMPTS, 1, Integer.MAX_VALUE);
        Double mostLeftOut =
                rejections.number(Key.TEXT_REJECTIONS_MOST_LEFT_OUT, x -> x >= 0 && x <= 1, "must be from 0 to 1");
        return attempts == null || mostLeftOut == null ? null : new RejectionRule(attempts, mostLeftOut);
    }

    private TextSpec.Chat chat(Section chat) {
        int before = problems.count();
        List<Section> entries = chat.sections("endpoints");
        if (entries == null || entries.isEmpty()) {
            problems.missing("text.chat.endpoints", "name at least one endpoint");
            return null;
        }
        List<ChatEndpoint> endpoints = new ArrayList<>();
        entries.forEach(entry -> endpoints.add(endpoint(entry)));
        Limits limits = limits(chat.section("limits"));
        Retry retry = retry(chat.section("retry"));
        EndpointBudget budget = budget(chat.section("budget"));
        Prices prices = prices(chat.section("prices"));
        return problems.count() > before
                ? null
                : new TextSpec.Chat(endpoints, new CallPolicy(limits, retry, budget, prices));
    }

    private static ChatEndpoint endpoint(Section entry) {
        Service service = entry.choice(Key.TEXT_CHAT_ENDPOINTS_SERVICE, Service.class);
        if (service == Service.AZURE && !entry.has(Key.TEXT_CHAT_ENDPOINTS_API_VERSION)) {
            entry.missing(Key.TEXT_CHAT_ENDPOINTS_API_VERSION, "the service is azure: give the version of its API");
        }
        if (service == Service.OPENAI) {
            entry.refuse(Key.TEXT_CHAT_ENDPOINTS_API_VERSION, "it is for service: azure alone");
        }
        if (entry.has(Key.TEXT_CHAT_ENDPOINTS_KEY_ENV)) {
            entry.refuse(Key.TEXT_CHAT_ENDPOINTS_KEY_FILE, "key_env is given, too: give one of the two");
        }
        String url = url(entry);
        String model = entry.text(Key.TEXT_CHAT_ENDPOINTS_MODEL);
        String version = entry.text(Key.TEXT_CHAT_ENDPOINTS_API_VERSION);
        KeySource key = key(entry.text(Key.TEXT_CHAT_ENDPOINTS_KEY_ENV), entry.text(Key.TEXT_CHAT_ENDPOINTS_KEY_FILE));
        ChatEndpoint.AnswerLimit limit =
                entry.choice(Key.TEXT_CHAT_ENDPOINTS_ANSWER_LIMIT, ChatEndpoint.AnswerLimit.class);
        Map<String, String> parameters = entry.options(Key.TEXT_CHAT_ENDPOINTS_PARAMETERS);
        if (service == null || url == null || model == null || limit == null) {
            return null;
        }
        ChatEndpoint.Service addressed =
                switch (service) {
                    case OPENAI -> new ChatEndpoint.OpenAiCompatible(url, model);
                    case AZURE -> new ChatEndpoint.AzureOpenAi(url, model, version);
                };
        try {
            return new ChatEndpoint(addressed, key, limit, parameters);
        } catch (IllegalArgumentException e) {
            entry.conflict(Key.TEXT_CHAT_ENDPOINTS_PARAMETERS, e.getMessage());
            return null;
        }
    }

    /** Where a key is, of an environment variable and a file, of which one or both are null. */
    static KeySource key(String environment, String file) {
        if (environment != null) {
            return new KeySource.Environment(environment);
        }
        return file == null ? new KeySource.None() : new KeySource.SecretFile(file);
    }

    /** Address of an endpoint. */
    static String url(Section entry) {
        String url = entry.text(Key.TEXT_CHAT_ENDPOINTS_URL);
        if (url == null || (url.matches("https?://[^/@?#]+(/[^@?#]*)?") && isPostable(url))) {
            return url;
        }
        // Not the value, which may hold a password.
        entry.conflict(
                Key.TEXT_CHAT_ENDPOINTS_URL,
                "is not allowed: must read http(s)://host[:port][/path], without a user, a query or a key;"
                        + " a host has ASCII letters, digits, dots and hyphens only, a port is at most 65535");
        return null;
    }

    private static boolean isPostable(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null && uri.getPort() <= LAST_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Limits limits(Section limits) {
        Integer concurrency = limits.integer(Key.TEXT_CHAT_LIMITS_CONCURRENCY, 1, 10_000);
        Long requests = limits.atLeast(Key.TEXT_CHAT_LIMITS_REQUESTS_PER_MINUTE, 0);
        Long tokens = limits.atLeast(Key.TEXT_CHAT_LIMITS_TOKENS_PER_MINUTE, 0);
        return concurrency == null || requests == null || tokens == null
                ? null
                : new Limits(concurrency, perMinute(requests), perMinute(tokens));
    }

    /** A limit that is 0 where there is none. */
    static OptionalLong perMinute(long limit) {
        return limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    static Retry retry(Section retry) {
        Integer attempts = retry.integer(Key.TEXT_CHAT_RETRY_ATTEMPTS, 1, Integer.MAX_VALUE);
        Double first = RunSpecReader.positive(retry, Key.TEXT_CHAT_RETRY_FIRST_DELAY);
        Double longest = RunSpecReader.positive(retry, Key.TEXT_CHAT_RETRY_LONGEST_DELAY);
        Double timeout = RunSpecReader.positive(retry, Key.TEXT_CHAT_RETRY_TIMEOUT);
        if (attempts == null || first == null || longest == null || timeout == null) {
            return null;
        }
        if (longest < first) {
            retry.conflict(
                    Key.TEXT_CHAT_RETRY_LONGEST_DELAY,
                    longest + " is not allowed: must not be shorter than first_delay, " + first);
            return null;
        }
        return new Retry(attempts, first, longest, timeout);
    }

    static EndpointBudget budget(Section budget) {
        Long requests = budget.atLeast(Key.TEXT_CHAT_BUDGET_REQUESTS, 1);
        Long promptTokens = budget.atLeast(Key.TEXT_CHAT_BUDGET_PROMPT_TOKENS, 1);
        Long completionTokens = budget.atLeast(Key.TEXT_CHAT_BUDGET_COMPLETION_TOKENS, 1);
        Double money = RunSpecReader.positive(budget, Key.TEXT_CHAT_BUDGET_MONEY);
        return new EndpointBudget(
                optional(requests), optional(promptTokens), optional(completionTokens), optional(money));
    }

    private static Prices prices(Section prices) {
        Double prompt = notNegative(prices, Key.TEXT_CHAT_PRICES_PER_MILLION_PROMPT_TOKENS);
        Double completion = notNegative(prices, Key.TEXT_CHAT_PRICES_PER_MILLION_COMPLETION_TOKENS);
        Double answer = notNegative(prices, Key.TEXT_CHAT_PRICES_PER_ANSWER);
        return prompt == null || completion == null || answer == null ? null : new Prices(prompt, completion, answer);
    }

    private static LlamaSettings llama(Section llama) {
        if (!llama.has(Key.TEXT_LLAMA_MODEL)) {
            llama.missing(Key.TEXT_LLAMA_MODEL, "name a GGUF file");
        }
        PublicFile file = file(llama, Key.TEXT_LLAMA_MODEL, Key.TEXT_LLAMA_MODEL_SHA256);
        Integer context = llama.integer(Key.TEXT_LLAMA_CONTEXT_TOKENS, MIN_CONTEXT_TOKENS, Integer.MAX_VALUE);
        Integer parallel = llama.integer(Key.TEXT_LLAMA_PARALLEL, 1, Integer.MAX_VALUE);
        Integer threads = llama.integer(Key.TEXT_LLAMA_THREADS, 0, Integer.MAX_VALUE);
        Double penalty = llama.number(Key.TEXT_LLAMA_REPEAT_PENALTY, x -> x >= 1, "must be at least 1");
        return context == null || parallel == null || threads == null || penalty == null
                ? null
                : new LlamaSettings(file, context, parallel, unlessZero(threads), penalty);
    }

    private TextSpec.Corpus corpus(RunSpec.Labels labels) {
        for (String group : List.of(PROMPTS, SAMPLING, BLANKING, LENGTH, ANSWERS, REJECTIONS)) {
            if (section.hasGroup(group)) {
                problems.add("text." + group, "is not allowed with text.corpus, which asks no model: take it out");
            }
        }
        Section corpus = section.section(CORPUS);
        for (Key key : List.of(Key.TEXT_CORPUS_FORMAT, Key.TEXT_CORPUS_PATH)) {
            if (!corpus.has(key)) {
                corpus.missing(key);
            }
        }
        boolean labelled = labels != null && !labels.column().isEmpty();
        if (labelled && !corpus.has(Key.TEXT_CORPUS_LABEL_COLUMN)) {
            corpus.missing(Key.TEXT_CORPUS_LABEL_COLUMN, "the run has labels: name the corpus's column of them");
        }
        if (labels != null && !labelled) {
            corpus.refuse(Key.TEXT_CORPUS_LABEL_COLUMN, "the run has no labels");
        }
        String format = corpus.choice(Key.TEXT_CORPUS_FORMAT, CORPUS_FORMATS);
        PublicFile texts = file(corpus, Key.TEXT_CORPUS_PATH, Key.TEXT_CORPUS_SHA256);
        String column = corpus.text(Key.TEXT_CORPUS_COLUMN);
        Optional<String> labelColumn = Optional.ofNullable(corpus.text(Key.TEXT_CORPUS_LABEL_COLUMN));
        List<Integer> neighbors = corpus.integers(Key.TEXT_CORPUS_NEIGHBORS, 1, MAX_NEIGHBORS);
        if (neighbors != null && neighbors.isEmpty()) {
            corpus.conflict(Key.TEXT_CORPUS_NEIGHBORS, "is empty: must have at least one entry");
        }
        Map<String, String> options = corpus.options(Key.TEXT_CORPUS_OPTIONS);
        if (format != null && !format.equals("text")) {
            ReaderOptions.problems(format, options)
                    .forEach(problem -> corpus.conflict(Key.TEXT_CORPUS_OPTIONS, problem));
            options = ReaderOptions.withDefaults(format, options);
        }
        return format == null || column == null || neighbors == null
                ? null
                : new TextSpec.Corpus(format, texts, options, column, labelColumn, neighbors);
    }

    static PublicFile file(Section section, Key location, Key checksum) {
        return new PublicFile(orEmpty(section.text(location)), sha256(section, checksum));
    }

    private static Optional<String> sha256(Section section, Key key) {
        String sha256 = section.text(key);
        if (sha256 != null && !sha256.matches("[0-9a-f]{64}")) {
            section.refuse(key, "must be 64 hexadecimal digits in lower case");
        }
        return Optional.ofNullable(sha256);
    }

    static Double notNegative(Section section, Key key) {
        return section.number(key, x -> x >= 0, "must be at least 0");
    }

    static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static OptionalInt unlessZero(int number) {
        return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static OptionalDouble optional(Double number) {
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    private static OptionalLong optional(Long number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
