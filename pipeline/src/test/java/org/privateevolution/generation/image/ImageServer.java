package org.privateevolution.generation.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.privateevolution.generation.endpoint.EndlessAnswer;
import org.privateevolution.image.Images;
import org.privateevolution.image.Png;

/**
 * An image server on the loopback interface that speaks all protocols, misbehaves on demand and counts what it bills.
 */
final class ImageServer implements AutoCloseable {

    static final int WIDTH = 24;
    static final int HEIGHT = 16;

    private static final long SLOW_MILLIS = 10_000;

    /** What it does with a request. */
    enum Act {
        ANSWER,
        /** As {@link #ANSWER}, in the other form that the protocol knows. */
        ANSWER_OTHERWISE,
        TOO_MANY,
        ERROR,
        DROP,
        SLOW,
        MALFORMED,
        WRONG_TYPE,
        NO_IMAGE,
        NOT_BASE64,
        NOT_AN_IMAGE,
        WRONG_SIZE,
        REFUSE,
        ADDRESS,
        UNAUTHORIZED,
        QUOTA,
        /** An answer that goes on and on. */
        ENDLESS
    }

    /** The ways of failing after which the same request may succeed. */
    static final List<Act> PASSING = List.of(
            Act.TOO_MANY, Act.ERROR, Act.DROP, Act.SLOW, Act.MALFORMED, Act.WRONG_TYPE, Act.NO_IMAGE, Act.NOT_BASE64);

    /** Those that take no time, and answers that are no samples. */
    static final List<Act> FAULTS = List.of(
            Act.TOO_MANY,
            Act.ERROR,
            Act.DROP,
            Act.NO_IMAGE,
            Act.MALFORMED,
            Act.NOT_AN_IMAGE,
            Act.WRONG_SIZE,
            Act.REFUSE);

    /** Chooses what to do with the request of that number, from 0. */
    interface Plan {
        Act act(int number);
    }

    /** @param body JSON; of a form, its text */
    record Seen(String path, Headers headers, JsonNode body, byte[] raw, Act act) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // Else an answer of two packets waits for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "image-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Plan plan;
    private final AtomicInteger number = new AtomicInteger();
    private final EndlessAnswer endless = new EndlessAnswer();
    private final List<Seen> seen = new ArrayList<>();

    ImageServer(Plan plan) throws IOException {
        this.plan = plan;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A share of the requests fails, in all ways in turn. */
    static Plan faulty(double share) {
        return number ->
                new SplittableRandom(number).nextDouble() < share ? FAULTS.get(number % FAULTS.size()) : Act.ANSWER;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers without end, and what was sent of them. */
    EndlessAnswer endless() {
        return endless;
    }

    synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    long seen(Act... acts) {
        return seen().stream()
                .filter(request -> List.of(acts).contains(request.act))
                .count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] raw = exchange.getRequestBody().readAllBytes();
            boolean json = exchange.getRequestHeaders().getFirst("Content-Type").equals("application/json");
            JsonNode body = json
                    ? JSON.readTree(raw)
                    : JSON.getNodeFactory().textNode(new String(raw, StandardCharsets.ISO_8859_1));
            int n = number.getAndIncrement();
            Act act = plan.act(n);
            synchronized (this) {
                seen.add(new Seen(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body, raw, act));
            }
            reply(exchange, act, n);
        }
    }

    private void reply(HttpExchange exchange, Act act, int n) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (act) {
            case TOO_MANY -> {
                exchange.getResponseHeaders().set("Retry-After", "0");
                send(exchange, 429, error("rate_limit_exceeded", "slow down"));
            }
            case ERROR -> send(exchange, 500, error("x", "told to fail"));
            case DROP -> exchange.close();
            case MALFORMED -> send(exchange, 200, "{\"images\": [\"iVBO");
            case WRONG_TYPE -> send(exchange, 200, "text/html", "<html>busy</html>".getBytes(StandardCharsets.UTF_8));
            case NO_IMAGE -> send(exchange, 200, error("x", "told to forget"));
            case NOT_BASE64 -> send(exchange, 200, image(path, "\u00e4\u00f6\u00fc"));
            case NOT_AN_IMAGE -> send(exchange, 200, image(path, base64("sorry".getBytes(StandardCharsets.UTF_8))));
            case WRONG_SIZE -> send(exchange, 200, image(path, base64(Png.encode(Images.noise(WIDTH, 9, n)))));
            case REFUSE ->
                send(exchange, 400, error(path.contains("/images/") ? "moderation_blocked" : "refused", "no"));
            case ADDRESS -> send(exchange, 200, "{\"data\": [{\"url\": \"http://127.0.0.1/x.png\"}]}");
            case UNAUTHORIZED ->
                send(
                        exchange,
                        401,
                        error(
                                "x",
                                "no such key: " + exchange.getRequestHeaders().getFirst("Authorization")));
            case QUOTA -> send(exchange, 429, error("insufficient_quota", "pay"));
            case ENDLESS -> endless.send(exchange);
            case ANSWER_OTHERWISE -> {
                byte[] png = Png.encode(Images.noise(WIDTH, HEIGHT, n));
                if (path.contains("/sdapi/")) {
                    send(exchange, 200, image(path, "data:image/png;base64," + base64(png)));
                } else {
                    send(exchange, 200, "image/png", png);
                }
            }
            default -> {
                if (act == Act.SLOW) {
                    pause();
                }
                send(exchange, 200, image(path, base64(Png.encode(Images.noise(WIDTH, HEIGHT, n)))));
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(SLOW_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String image(String path, String base64) {
        ObjectNode body = JSON.createObjectNode();
        if (path.contains("/sdapi/")) {
            body.putArray("images").add(base64);
        } else if (path.contains("/images/")) {
            body.putArray("data").addObject().put("b64_json", base64);
        } else {
            body.put("image", base64);
        }
        return body.toString();
    }

    private static String error(String code, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("code", code).put("message", message);
        return body.toString();
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        send(exchange, status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Whether the bytes stand in a form. */
    static boolean holds(byte[] form, byte[] bytes) {
        for (int i = 0; i + bytes.length <= form.length; i++) {
            if (Arrays.equals(form, i, i + bytes.length, bytes, 0, bytes.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
