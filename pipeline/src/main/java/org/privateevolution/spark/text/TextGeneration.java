package org.privateevolution.spark.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.generation.text.BuiltInPrompts;
import org.privateevolution.generation.text.ChatModel;
import org.privateevolution.generation.text.HttpChatModel;
import org.privateevolution.generation.text.LlamaChatModel;
import org.privateevolution.generation.text.PromptTemplate;
import org.privateevolution.generation.text.PromptVariables;
import org.privateevolution.generation.text.PublicTextGenerator;
import org.privateevolution.generation.text.TextGenerator;
import org.privateevolution.generation.text.TextPrompts;
import org.privateevolution.model.LlamaSettings;
import org.privateevolution.model.PublicFile;
import org.privateevolution.model.RejectionRule;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.run.MeteredGeneration;
import org.privateevolution.run.SpendingLog;
import org.privateevolution.spark.modality.PublicFiles;
import org.privateevolution.spark.session.HadoopFile;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.GenerationApi;
import org.privateevolution.spi.RunListener;
import org.privateevolution.vector.Kernels;

/** Builds the generation API of texts from a run's configuration. */
public final class TextGeneration {

    private static final String RANDOM = "text.prompts.random";
    private static final String VARIATION = "text.prompts.variation";
    private static final Duration NOTICE_EVERY = Duration.ofSeconds(30);

    private final RunSpec spec;
    private final TextSpec text;
    private final PromptVariables others;

    /** @param others variables that prompts may use besides the label's */
    public TextGeneration(RunSpec spec, TextSpec text, PromptVariables others) {
        this.spec = spec;
        this.text = text;
        this.others = others;
    }

    /** The rule for samples that cannot be made. */
    public RejectionRule rejections() {
        return text.generator() instanceof TextSpec.Prompted prompted ? prompted.rejections() : new RejectionRule(1, 0);
    }

    /**
     * Checks prompts, variables and keys, before anything is requested.
     *
     * @throws ConfigurationException if the settings do not fit together
     */
    public void check() {
        if (text.generator() instanceof TextSpec.Prompted prompted) {
            prompts(prompted);
            if (prompted.model() instanceof TextSpec.Chat chat) {
                model(prompted, chat).close();
            }
        }
    }

    /**
     * Opens the generation API.
     *
     * @param spent what earlier starts of the run have spent; kept up to date
     * @throws ConfigurationException if the prompts, the endpoints or their keys are unusable
     */
    public GenerationApi open(SparkSession spark, Embedder embedder, SpendingLog spent, RunListener listener) {
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
        ChatModel model = prompted.model() instanceof TextSpec.Chat chat
                ? model(prompted, chat.with(spent.left(chat.calls())))
                : new LlamaChatModel((LlamaSettings) prompted.model(), prompted.sampling());
        TextGenerator generator = new TextGenerator(model, prompts, prompted.answers(), listener, NOTICE_EVERY);
        return new MeteredGeneration(generator, generator::usage, spent);
    }

    private TextPrompts prompts(TextSpec.Prompted prompted) {
        try {
            return new TextPrompts(
                    prompt(prompted.prompts().random(), RANDOM, BuiltInPrompts.RANDOM),
                    prompt(prompted.prompts().variation(), VARIATION, BuiltInPrompts.VARIATION),
                    IntStream.range(0, spec.labels().names().size())
                            .mapToObj(this::variables)
                            .toList(),
                    others,
                    prompted.prompts().blanking(),
                    prompted.prompts().length(),
                    prompted.sampling().maxCompletionTokens());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("text.prompts: " + e.getMessage()));
        }
    }

    private static PromptTemplate prompt(PublicFile file, String key, BuiltInPrompts builtIn) {
        return file.builtIn()
                ? PromptTemplate.parse(builtIn.json(), "the built-in prompt")
                : PromptTemplate.parse(PublicFiles.text(file, key), file.location());
    }

    /** The prompt variables that a label defines. */
    private Map<String, String> variables(int label) {
        Map<String, String> variables = new HashMap<>();
        if (text.labelParts().isEmpty()) {
            List<String> columns = spec.labels().columns().columnNames();
            for (int i = 0; i < columns.size(); i++) {
                variables.put(
                        columns.get(i), spec.labels().columns().texts(label).get(i));
            }
            return variables;
        }
        TextSpec.LabelParts several = text.labelParts().get();
        String[] parts = spec.labels().names().get(label).split(Pattern.quote(several.separator()), -1);
        for (int i = 0; i < parts.length; i++) {
            variables.put(several.variables().get(i), parts[i]);
        }
        return variables;
    }

    private static ChatModel model(TextSpec.Prompted prompted, TextSpec.Chat chat) {
        try {
            return new HttpChatModel(chat.endpoints(), prompted.sampling(), chat.calls());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("text.chat: " + e.getMessage()));
        }
    }

    /** The generator with the checksums of the files that it depends on. */
    public static TextSpec.Generator pinned(SparkSession spark, RunSpec spec, TextSpec.Generator generator) {
        if (generator instanceof TextSpec.Corpus corpus) {
            String found = PublicCorpus.read(spark, spec, corpus).sha256();
            return corpus.with(PublicFiles.pinned(corpus.texts(), "text.corpus", found));
        }
        if (!(generator instanceof TextSpec.Prompted prompted)) {
            return generator;
        }
        TextSpec.Model model = prompted.model();
        if (model instanceof LlamaSettings llama) {
            Path path = llama.file().local();
            model = llama.with(PublicFiles.pinned(llama.file(), "text.llama.model", () -> Files.newInputStream(path)));
        }
        TextSpec.Prompts prompts = prompted.prompts();
        return prompted.with(
                model,
                prompts.with(
                        pinned(prompts.random(), RANDOM, BuiltInPrompts.RANDOM),
                        pinned(prompts.variation(), VARIATION, BuiltInPrompts.VARIATION)));
    }

    private static PublicFile pinned(PublicFile file, String key, BuiltInPrompts builtIn) {
        return PublicFiles.pinned(file, key, file.builtIn() ? builtIn::open : new HadoopFile(file.location()));
    }
}
