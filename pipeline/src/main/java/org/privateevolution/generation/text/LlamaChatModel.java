package org.privateevolution.generation.text;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import de.kherud.llama.args.LogFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.privateevolution.model.LlamaSettings;
import org.privateevolution.model.Sampling;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.GenerationException;

/**
 * A model that llama.cpp runs in this process. Needs {@code de.kherud:llama} on the class path, whose native library
 * runs on Linux, macOS and Windows. Elsewhere, a llama.cpp server can serve the same file to {@link HttpChatModel}.
 */
public final class LlamaChatModel implements ChatModel {

    private static final String LIBRARY_FOLDER = "de.kherud.llama.tmpdir";

    private final LlamaSettings settings;
    private final Sampling sampling;
    private final LlamaModel model;
    private long requests;
    private long promptTokens;
    private long completionTokens;

    /**
     * Loads the model.
     *
     * @throws IllegalArgumentException if there is no such file
     * @throws GenerationException if the model cannot be loaded
     */
    public LlamaChatModel(LlamaSettings settings, Sampling sampling) {
        if (!Files.isRegularFile(settings.file().local())) {
            throw new IllegalArgumentException(
                    "there is no model file " + settings.file().local());
        }
        this.settings = settings;
        this.sampling = sampling;
        this.model = load(settings);
    }

    private static LlamaModel load(LlamaSettings settings) {
        String path = settings.file().local().toString();
        int threads = settings.threads().orElse(Runtime.getRuntime().availableProcessors());
        try {
            extractPrivately();
            LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> {});
            return new LlamaModel(new ModelParameters()
                    .setModel(path)
                    .setCtxSize(Math.multiplyExact(settings.contextTokens(), settings.parallel()))
                    .setParallel(settings.parallel())
                    .setThreads(threads)
                    .setThreadsBatch(threads)
                    .disableLog());
        } catch (IOException | RuntimeException | LinkageError e) {
            // The binding's exception class is not public.
            throw new GenerationException(
                    GenerationException.Reason.GENERATOR,
                    "cannot load " + path + " in this process (" + e.getMessage()
                            + "): check that it is a GGUF file and that de.kherud:llama runs here, or serve it by a"
                            + " llama.cpp"
                            + " server and name its address");
        }
    }

    /** Without this, the binding unpacks its library under a fixed name in a folder that all users can write to. */
    private static synchronized void extractPrivately() throws IOException {
        if (System.getProperty(LIBRARY_FOLDER) == null) {
            Path folder = Files.createTempDirectory("pe-llama");
            folder.toFile().deleteOnExit();
            System.setProperty(LIBRARY_FOLDER, folder.toString());
        }
    }

    @Override
    public int callers() {
        return settings.parallel();
    }

    @Override
    public ChatAnswer complete(ChatRequest request) {
        String prompt = prompt(request.messages());
        int promptSize = model.encode(prompt).length;
        int room = settings.contextTokens() - promptSize - 1;
        if (room < 1) {
            return new ChatAnswer("", ChatAnswer.Finish.PROMPT_TOO_LONG);
        }
        int limit = request.maxTokens() == 0 ? room : Math.min(room, request.maxTokens());
        StringBuilder text = new StringBuilder();
        // The last piece only marks the end of the answer.
        int answerSize = -1;
        for (LlamaOutput piece : model.generate(parameters(prompt, limit, request.seed()))) {
            text.append(piece.text);
            answerSize++;
        }
        count(promptSize, answerSize);
        ChatAnswer.Finish finish = answerSize >= limit ? ChatAnswer.Finish.LENGTH : ChatAnswer.Finish.COMPLETE;
        return new ChatAnswer(text.toString(), finish);
    }

    private InferenceParameters parameters(String prompt, int limit, int seed) {
        InferenceParameters parameters = new InferenceParameters(prompt)
                .setNPredict(limit)
                .setCachePrompt(true)
                .setRepeatPenalty((float) settings.repeatPenalty());
        sampling.temperature().ifPresent(temperature -> parameters.setTemperature((float) temperature));
        sampling.topP().ifPresent(topP -> parameters.setTopP((float) topP));
        if (sampling.seeded()) {
            parameters.setSeed(seed);
        }
        return parameters;
    }

    /** Applies the chat template in the model file. */
    private String prompt(List<ChatMessage> messages) {
        StringBuilder system = new StringBuilder();
        List<Pair<String, String>> turns = new ArrayList<>();
        for (ChatMessage message : messages) {
            if (message.role().equals("system")) {
                system.append(system.isEmpty() ? "" : "\n").append(message.content());
            } else {
                turns.add(new Pair<>(message.role(), message.content()));
            }
        }
        return model.applyTemplate(
                new InferenceParameters("").setMessages(system.isEmpty() ? null : system.toString(), turns));
    }

    private synchronized void count(int prompt, int completion) {
        requests++;
        promptTokens += prompt;
        completionTokens += completion;
    }

    @Override
    public synchronized Usage usage() {
        return new Usage(requests, requests, promptTokens, completionTokens, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {
        model.close();
    }
}
