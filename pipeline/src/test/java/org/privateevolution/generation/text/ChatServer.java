package org.privateevolution.generation.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringTokenizer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.privateevolution.generation.endpoint.EndlessAnswer;

/** A chat-completions server on the loopback interface that misbehaves on demand and counts what it bills. */
public final class ChatServer implements AutoCloseable {

    /** What it does with a request. */
    public enum Act {
        ANSWER,
        FILTER,
        FILTER_AS_ERROR,
        EMPTY,
        TRUNCATE,
        NO_USAGE,
        TOO_MANY,
        ERROR,
        UNAVAILABLE,
        DROP,
        SLOW,
        MALFORMED,
        NO_CHOICES,
        WRONG_TYPE,
        UNAUTHORIZED,
        /** An answer that goes on and on. */
        ENDLESS,
        /** An answer that is packed though nobody asked for that. */
        GZIP,
        /** An answer that is packed as Java cannot unpack it. */
        BROTLI,
        /** A stream of events. */
        STREAM,
        /** Thoughts that reached the longest length before the answer began. */
        THOUGHTS_ONLY
    }

    /** The ways of failing after which the same request may succeed. */
    static final List<Act> FAULTS = List.of(
            Act.TOO_MANY,
            Act.ERROR,
            Act.UNAVAILABLE,
            Act.DROP,
            Act.SLOW,
            Act.MALFORMED,
            Act.NO_CHOICES,
            Act.WRONG_TYPE);

    /** The faults after which a client cannot know what it was charged. */
    static final List<Act> COST_UNKNOWN = List.of(Act.DROP, Act.SLOW, Act.MALFORMED, Act.WRONG_TYPE, Act.NO_USAGE);

    /** Chooses what to do with the request of that number, from 0. */
    public interface Plan {
        Act act(int number, String prompt);
    }

    public record Seen(String path, Headers headers, JsonNode body, String prompt, Act act, long nanos) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // Else an answer of two packets waits for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "chat-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Plan plan;
    private final int latencyMillis;
    private final long slowMillis;
    private final String retryAfter;
    private final AtomicInteger number = new AtomicInteger();
    private final EndlessAnswer endless = new EndlessAnswer();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final List<Seen> seen = new ArrayList<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private long promptTokens;
    private long completionTokens;

    public ChatServer(Plan plan) throws IOException {
        this(plan, 0, 10_000, "0");
    }

    /**
     * @param latencyMillis latency of every answer; if negative, random up to the absolute value, so that answers
     *     overtake each other
     * @param slowMillis latency of {@link Act#SLOW}
     * @param retryAfter header of 429 and 503
     */
    public ChatServer(Plan plan, int latencyMillis, long slowMillis, String retryAfter) throws IOException {
        this.plan = plan;
        this.latencyMillis = latencyMillis;
        this.slowMillis = slowMillis;
        this.retryAfter = retryAfter;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A share of the requests fails, in all ways in turn. */
    public static Plan faulty(double share) {
        return (number, prompt) ->
                new SplittableRandom(number).nextDouble() < share ? FAULTS.get(number % FAULTS.size()) : Act.ANSWER;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    public long seen(List<Act> acts) {
        return seen().stream().filter(request -> acts.contains(request.act)).count();
    }

    public synchronized long promptTokens() {
        return promptTokens;
    }

    public synchronized long completionTokens() {
        return completionTokens;
    }

    /** Answers without end, and what was sent of them. */
    EndlessAnswer endless() {
        return endless;
    }

    int mostUnderWay() {
        return mostUnderWay.get();
    }

    /** How often each prompt was answered in full. */
    public Map<String, AtomicInteger> answers() {
        return answers;
    }

    static long words(String text) {
        return new StringTokenizer(text).countTokens();
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(405, -1);
            exchange.close();
            return;
        }
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            StringBuilder prompt = new StringBuilder();
            body.path("messages")
                    .forEach(message ->
                            prompt.append(message.path("content").asText()).append('\n'));
            int n = number.getAndIncrement();
            Act act = plan.act(n, prompt.toString());
            synchronized (this) {
                seen.add(new Seen(
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders(),
                        body,
                        prompt.toString(),
                        act,
                        System.nanoTime()));
            }
            pause(act, n);
            // Before the reply: its receiver may have sent the next request by the time this thread goes on.
            underWay.decrementAndGet();
            reply(exchange, act, prompt.toString());
        }
    }

    private void pause(Act act, int n) {
        long millis = latencyMillis < 0 ? new SplittableRandom(n).nextInt(1 - latencyMillis) : latencyMillis;
        try {
            Thread.sleep(act == Act.SLOW ? slowMillis : millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reply(HttpExchange exchange, Act act, String prompt) throws IOException {
        String error = "{\"error\": {\"message\": \"told to fail\", \"code\": \"x\"}}";
        switch (act) {
            case TOO_MANY -> retryLater(exchange, 429, error);
            case UNAVAILABLE -> retryLater(exchange, 503, error);
            case ERROR -> send(exchange, 500, "application/json", error);
            case DROP -> exchange.close();
            case MALFORMED -> send(exchange, 200, "application/json", "{\"choices\": [{\"mess");
            case WRONG_TYPE -> send(exchange, 200, "text/html", "<html>busy</html>");
            case UNAUTHORIZED ->
                send(
                        exchange,
                        401,
                        "application/json",
                        "{\"error\": {\"message\": \"no such key: "
                                + exchange.getRequestHeaders().getFirst("Authorization") + "\"}}");
            case ENDLESS -> endless.send(exchange);
            case STREAM ->
                send(
                        exchange,
                        200,
                        "text/event-stream",
                        "data: {\"choices\": [{\"delta\": {\"content\": \"An\"}}]}\n\ndata: [DONE]\n\n");
            case FILTER_AS_ERROR ->
                send(
                        exchange,
                        400,
                        "application/json",
                        "{\"error\": {\"message\": \"filtered\", \"code\": \"content_filter\"}}");
            default -> complete(exchange, act, prompt);
        }
    }

    private void complete(HttpExchange exchange, Act act, String prompt) throws IOException {
        String text = act == Act.EMPTY || act == Act.FILTER ? " \n" : "An answer to: " + prompt + "And a half sent";
        ObjectNode body = JSON.createObjectNode();
        var choices = body.putArray("choices");
        if (act != Act.NO_CHOICES) {
            ObjectNode choice = choices.addObject();
            ObjectNode message = choice.putObject("message").put("role", "assistant");
            if (act == Act.THOUGHTS_ONLY) {
                message.putNull("content").put("reasoning_content", "First of all");
            } else {
                message.put("content", text);
            }
            choice.put("finish_reason", finishReason(act));
        }
        long prompted = words(prompt);
        long completed = act == Act.NO_CHOICES ? 0 : words(text);
        if (act != Act.NO_USAGE) {
            body.putObject("usage").put("prompt_tokens", prompted).put("completion_tokens", completed);
        }
        if (act != Act.SLOW && act != Act.NO_USAGE) {
            synchronized (this) {
                promptTokens += prompted;
                completionTokens += completed;
            }
        }
        if (act == Act.ANSWER) {
            answers.computeIfAbsent(prompt, key -> new AtomicInteger()).incrementAndGet();
        }
        String type = "application/json; charset=utf-8";
        if (act == Act.GZIP || act == Act.BROTLI) {
            exchange.getResponseHeaders().set("Content-Encoding", act == Act.GZIP ? "gzip" : "br");
            send(exchange, 200, type, gzip(json(body)));
        } else {
            send(exchange, 200, type, json(body));
        }
    }

    private static String finishReason(Act act) {
        return switch (act) {
            case FILTER -> "content_filter";
            case TRUNCATE, THOUGHTS_ONLY -> "length";
            default -> "stop";
        };
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String json(JsonNode node) throws JsonProcessingException {
        return JSON.writeValueAsString(node);
    }

    private void retryLater(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
        send(exchange, status, "application/json", body);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        send(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
