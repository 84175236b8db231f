package org.privateevolution.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.privateevolution.image.Png;
import org.privateevolution.model.Pixels;

/** A chat and image endpoint on the loopback interface that answers so many requests and then refuses its key. */
final class Endpoint implements AutoCloseable {

    private static final int SIDE = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final int most;
    private final AtomicInteger answered = new AtomicInteger();

    Endpoint(int most) throws IOException {
        this.most = most;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int answered() {
        return answered.get();
    }

    /** One at a time: the server has one thread. */
    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
            if (answered.get() == most) {
                send(exchange, 401, "{\"error\": {\"message\": \"no such key\"}}");
                return;
            }
            answered.incrementAndGet();
            send(exchange, 200, asked.has("messages") ? text(asked) : image(asked));
        }
    }

    private static String text(JsonNode asked) {
        String prompt = asked.path("messages").path(0).path("content").asText();
        String answer = "Reply " + Integer.toUnsignedString(prompt.hashCode(), 36) + " to: " + prompt;
        return "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": "
                + JSON.valueToTree(answer) + "}, \"finish_reason\": \"stop\"}],"
                + " \"usage\": {\"prompt_tokens\": 7, \"completion_tokens\": 11}}";
    }

    private static String image(JsonNode asked) {
        byte[] rgb = new byte[SIDE * SIDE * 3];
        Arrays.fill(rgb, (byte) (asked.path("label").asInt() * 100
                + Math.floorMod(asked.path("seed").asInt(), 60)));
        return "{\"image\": \"" + Base64.getEncoder().encodeToString(Png.encode(new Pixels(SIDE, SIDE, rgb))) + "\"}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
