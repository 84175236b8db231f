package org.privateevolution.spark.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.generation.RejectionRule;
import org.privateevolution.generation.endpoint.Budget;
import org.privateevolution.generation.endpoint.Limits;
import org.privateevolution.generation.endpoint.Prices;
import org.privateevolution.generation.text.AnswerRules;
import org.privateevolution.generation.text.Blanking;
import org.privateevolution.generation.text.ChatEndpoint;
import org.privateevolution.generation.text.ChatModel;
import org.privateevolution.generation.text.HttpChatModel;
import org.privateevolution.generation.text.LlamaChatModel;
import org.privateevolution.generation.text.LlamaModelFile;
import org.privateevolution.generation.text.PromptTemplate;
import org.privateevolution.generation.text.PublicTextGenerator;
import org.privateevolution.generation.text.Sampling;
import org.privateevolution.generation.text.TargetLength;
import org.privateevolution.generation.text.TextGenerator;
import org.privateevolution.generation.text.TextPrompts;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.run.MeteredGeneration;
import org.privateevolution.run.SpendingLog;
import org.privateevolution.spark.modality.CallSettings;
import org.privateevolution.spark.modality.PublicFiles;
import org.privateevolution.spark.session.HadoopFile;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.RunListener;
import org.privateevolution.vector.Kernels;

/** Builds the generation API of a text run from its configuration. */
final class TextGeneration {

    private static final Duration NOTICE_EVERY = Duration.ofSeconds(30);

    private final RunSpec spec;
    private final TextSpec text;

    TextGeneration(RunSpec spec, TextSpec text) {
        this.spec = spec;
        this.text = text;
    }

    /** What is done about samples that cannot be made. */
    RejectionRule rejections() {
        return text.generator() instanceof TextSpec.Prompted prompted
                ? new RejectionRule(
                        prompted.rejections().attempts(), prompted.rejections().mostLeftOut())
                : new RejectionRule(1, 0);
    }

    /**
     * Checks what can be checked before anything is asked: prompts, variables, keys.
     *
     * @throws ConfigurationException if something does not fit
     */
    void check() {
        if (text.generator() instanceof TextSpec.Prompted prompted) {
            prompts(prompted);
            if (prompted.model() instanceof TextSpec.Chat chat) {
                model(prompted, chat, Budget.UNLIMITED).close();
            }
        }
    }

    /**
     * Opens the generation API.
     *
     * @param spent what earlier starts of the run have spent, kept up to date
     * @throws ConfigurationException if the prompts, the endpoints or their keys do not serve
     */
    GenerationApi open(SparkSession spark, Embedder embedder, SpendingLog spent, RunListener listener) {
        if (text.generator() instanceof TextSpec.Corpus corpus) {
            return new PublicTextGenerator(
                    PublicCorpus.read(spark, spec, corpus).texts(),
                    corpus.neighbors(),
                    embedder,
                    Kernels.calibrated(),
                    spec.vote().metric());
        }
        TextSpec.Prompted prompted = (TextSpec.Prompted) text.generator();
        TextPrompts prompts = prompts(prompted);
        AnswerRules rules = new AnswerRules(
                AnswerRules.Truncation.valueOf(prompted.answers().truncated().name()),
                prompted.answers().minWords(),
                AnswerRules.Reasoning.valueOf(prompted.answers().thoughts().name()));
        ChatModel model = prompted.model() instanceof TextSpec.Chat chat
                ? model(prompted, chat, spent.left(CallSettings.budget(chat.budget())))
                : model(prompted, (TextSpec.Llama) prompted.model());
        TextGenerator generator = new TextGenerator(model, prompts, rules, listener, NOTICE_EVERY);
        return new MeteredGeneration(generator, generator::usage, spent);
    }

    private TextPrompts prompts(TextSpec.Prompted prompted) {
        try {
            return new TextPrompts(
                    prompt(prompted.randomPrompt(), "text.prompts.random"),
                    prompt(prompted.variationPrompt(), "text.prompts.variation"),
                    spec.labels().names().stream().map(this::variables).toList(),
                    Optional.ofNullable(prompted.blanking()).map(TextGeneration::blanking),
                    Optional.ofNullable(prompted.length())
                            .map(length -> new TargetLength(length.std(), length.minWords(), length.tokensPerWord())),
                    prompted.maxCompletionTokens());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("text.prompts: " + e.getMessage()));
        }
    }

    private static PromptTemplate prompt(PublicFile file, String key) {
        return PromptTemplate.parse(PublicFiles.text(file, key), file.location());
    }

    /** The variables that a label gives to the prompts. */
    private Map<String, String> variables(String label) {
        String column = spec.labels().column();
        if (text.labelSeparator().isEmpty()) {
            return column.isEmpty() ? Map.of() : Map.of(column, label);
        }
        String[] parts = label.split(Pattern.quote(text.labelSeparator()), -1);
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            variables.put(text.labelVariables().get(i), parts[i]);
        }
        return variables;
    }

    private static Blanking blanking(TextSpec.Blanking blanking) {
        return new Blanking(Blanking.Unit.valueOf(blanking.unit().name()), blanking.mask(), blanking.probabilities());
    }

    private static Sampling sampling(TextSpec.Sampling sampling) {
        return new Sampling(sampling.temperature(), sampling.topP(), sampling.seeded());
    }

    private static ChatModel model(TextSpec.Prompted prompted, TextSpec.Llama llama) {
        int threads = llama.threads() == 0 ? Runtime.getRuntime().availableProcessors() : llama.threads();
        return new LlamaChatModel(
                new LlamaModelFile(
                        PublicFiles.local(llama.file()).toString(),
                        llama.contextTokens(),
                        llama.parallel(),
                        threads,
                        llama.repeatPenalty()),
                sampling(prompted.sampling()));
    }

    private static ChatModel model(TextSpec.Prompted prompted, TextSpec.Chat chat, Budget budget) {
        List<ChatEndpoint> endpoints = new ArrayList<>();
        try {
            chat.endpoints().forEach(endpoint -> endpoints.add(endpoint(endpoint)));
            return new HttpChatModel(
                    endpoints,
                    sampling(prompted.sampling()),
                    new Limits(
                            chat.limits().concurrency(),
                            chat.limits().requestsPerMinute(),
                            chat.limits().tokensPerMinute()),
                    CallSettings.retry(chat.retry()),
                    budget,
                    new Prices(
                            chat.prices().perMillionPromptTokens(),
                            chat.prices().perMillionCompletionTokens(),
                            chat.prices().perAnswer()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("text.chat: " + e.getMessage()));
        }
    }

    private static ChatEndpoint endpoint(TextSpec.Endpoint endpoint) {
        ChatEndpoint.Service service = endpoint.service() == TextSpec.Endpoint.Service.AZURE
                ? new ChatEndpoint.AzureOpenAi(endpoint.url(), endpoint.model(), endpoint.apiVersion())
                : new ChatEndpoint.OpenAiCompatible(endpoint.url(), endpoint.model());
        return new ChatEndpoint(
                service,
                CallSettings.key(endpoint.keyEnvironment(), endpoint.keyFile()),
                ChatEndpoint.AnswerLimit.valueOf(endpoint.answerLimit().name()),
                CallSettings.parameters(endpoint.parameters()));
    }

    /** The same, with the checksums of the files that it depends on. */
    static TextSpec.Generator pinned(SparkSession spark, RunSpec spec, TextSpec.Generator generator) {
        if (generator instanceof TextSpec.Corpus corpus) {
            String found = PublicCorpus.read(spark, spec, corpus).sha256();
            PublicFiles.requireDeclared("text.corpus", corpus.location(), corpus.sha256(), found);
            return new TextSpec.Corpus(
                    corpus.format(),
                    corpus.location(),
                    corpus.options(),
                    corpus.column(),
                    corpus.labelColumn(),
                    corpus.neighbors(),
                    found);
        }
        TextSpec.Prompted prompted = (TextSpec.Prompted) generator;
        TextSpec.Model model = prompted.model();
        if (model instanceof TextSpec.Llama llama) {
            Path path = PublicFiles.local(llama.file());
            PublicFile file = PublicFiles.pinned(llama.file(), "text.llama.model", () -> Files.newInputStream(path));
            model = new TextSpec.Llama(
                    file, llama.contextTokens(), llama.parallel(), llama.threads(), llama.repeatPenalty());
        }
        return new TextSpec.Prompted(
                model,
                pinned(prompted.randomPrompt(), "text.prompts.random"),
                pinned(prompted.variationPrompt(), "text.prompts.variation"),
                prompted.sampling(),
                prompted.maxCompletionTokens(),
                prompted.blanking(),
                prompted.length(),
                prompted.answers(),
                prompted.rejections());
    }

    private static PublicFile pinned(PublicFile file, String key) {
        return PublicFiles.pinned(file, key, new HadoopFile(file.location()));
    }
}
