package org.privateevolution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import de.kherud.llama.args.LogFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Serves a model file as chat completions on the loopback interface, so that a benchmark can ask it over HTTP.
 * Arguments: the file, the tokens of a request's context, and a file to which the port is written once it listens.
 */
public final class ChatServer {

    private static final int REQUESTS_AT_ONCE = 2;

    /** More of them wait for each other where other processes need the cores, too. */
    private static final int THREADS = 1;

    private static final float REPEAT_PENALTY = 1.1f;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LlamaModel model;
    private final int contextTokens;

    private ChatServer(String file, int contextTokens) {
        this.contextTokens = contextTokens;
        LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> {});
        this.model = new LlamaModel(new ModelParameters()
                .setModel(file)
                .setCtxSize(contextTokens * REQUESTS_AT_ONCE)
                .setParallel(REQUESTS_AT_ONCE)
                .setThreads(THREADS)
                .setThreadsBatch(THREADS)
                .disableLog());
    }

    public static void main(String[] args) throws IOException {
        // Otherwise, the binding unpacks its library under a fixed name in a folder that all users can write to.
        Path unpacked = Files.createTempDirectory("chat-server");
        unpacked.toFile().deleteOnExit();
        System.setProperty("de.kherud.llama.tmpdir", unpacked.toString());
        ChatServer server = new ChatServer(args[0], Integer.parseInt(args[1]));
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/v1/chat/completions", server::answer);
        http.setExecutor(Executors.newFixedThreadPool(REQUESTS_AT_ONCE));
        http.start();
        Files.writeString(Path.of(args[2]), Integer.toString(http.getAddress().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] reply = JSON.writeValueAsBytes(complete(JSON.readTree(exchange.getRequestBody())));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    private ObjectNode complete(JsonNode request) {
        StringBuilder system = new StringBuilder();
        List<Pair<String, String>> turns = new ArrayList<>();
        for (JsonNode message : request.path("messages")) {
            String role = message.path("role").asText();
            String content = message.path("content").asText();
            if (role.equals("system")) {
                system.append(content);
            } else {
                turns.add(new Pair<>(role, content));
            }
        }
        String prompt = model.applyTemplate(
                new InferenceParameters("").setMessages(system.isEmpty() ? null : system.toString(), turns));
        int promptTokens = model.encode(prompt).length;
        int wanted = request.path("max_completion_tokens")
                .asInt(request.path("max_tokens").asInt(contextTokens));
        int limit = Math.max(1, Math.min(wanted, contextTokens - promptTokens - 1));
        InferenceParameters parameters = new InferenceParameters(prompt)
                .setNPredict(limit)
                .setRepeatPenalty(REPEAT_PENALTY)
                .setTemperature((float) request.path("temperature").asDouble(1))
                .setTopP((float) request.path("top_p").asDouble(1))
                .setSeed(request.path("seed").asInt());
        StringBuilder text = new StringBuilder();
        // The last piece only marks the end of the answer.
        int tokens = -1;
        for (var piece : model.generate(parameters)) {
            text.append(piece.text);
            tokens++;
        }
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode choice = answer.putArray("choices").addObject();
        choice.putObject("message").put("role", "assistant").put("content", text.toString());
        choice.put("index", 0).put("finish_reason", tokens >= limit ? "length" : "stop");
        answer.putObject("usage").put("prompt_tokens", promptTokens).put("completion_tokens", Math.max(0, tokens));
        return answer;
    }
}
