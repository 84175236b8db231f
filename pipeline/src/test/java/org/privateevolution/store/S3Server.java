package org.privateevolution.store;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;

/**
 * An S3 server on loopback, for tests: a real in-memory server behind a gate that adds S3's conditional writes, and
 * fails requests on demand.
 */
public final class S3Server implements AutoCloseable {

    /** What happens to a request. */
    public enum Fate {
        SERVED,
        /** Answered with status 500, unserved. */
        ERROR_500,
        /** Answered with status 503, unserved. */
        SLOW_DOWN,
        /** Served, but the connection is closed instead of an answer. */
        ANSWER_LOST
    }

    /** Decides on a request. */
    public interface Faults {
        /** @param number of the request of this method, from 1 */
        Fate of(String method, int number, String path);
    }

    private static final Set<String> HOP_BY_HOP =
            Set.of("host", "connection", "content-length", "expect", "transfer-encoding", "upgrade", "if-none-match");
    private static final int CONFLICT = 412;

    private final LocalS3 store;
    private final HttpServer gate;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();
    private final Map<String, AtomicInteger> requests = new java.util.concurrent.ConcurrentHashMap<>();
    private final boolean conditionalWrites;
    private volatile Faults faults = (method, number, path) -> Fate.SERVED;

    private S3Server(boolean conditionalWrites) throws IOException {
        this.conditionalWrites = conditionalWrites;
        this.store = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
        store.start();
        this.gate = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gate.setExecutor(threads);
        gate.createContext("/", this::answer);
        gate.start();
    }

    /** A server with one bucket. */
    public static S3Server start(String bucket) throws IOException {
        return start(bucket, true);
    }

    /** A server that may know nothing of conditional writes, as older ones do. */
    static S3Server start(String bucket, boolean conditionalWrites) throws IOException {
        S3Server server = new S3Server(conditionalWrites);
        server.send(HttpRequest.newBuilder(server.upstream("/" + bucket)).PUT(BodyPublishers.noBody()));
        return server;
    }

    /** From now on, requests fare as {@code faults} says; its numbers start at 1. */
    public void fail(Faults next) {
        requests.clear();
        faults = next;
    }

    /** Requests of a method since the last {@link #fail}. */
    public int requests(String method) {
        return requests.computeIfAbsent(method, key -> new AtomicInteger()).get();
    }

    /** What Hadoop needs to reach this server, by key. */
    public Map<String, String> settings() {
        return Map.of(
                "fs.s3a.endpoint", "http://127.0.0.1:" + gate.getAddress().getPort(),
                "fs.s3a.endpoint.region", "us-east-1",
                "fs.s3a.path.style.access", "true",
                "fs.s3a.access.key", "test",
                "fs.s3a.secret.key", "test",
                "fs.s3a.change.detection.mode", "none",
                "fs.s3a.attempts.maximum", "3",
                "fs.s3a.retry.interval", "10ms",
                "fs.s3a.retry.throttle.interval", "10ms");
    }

    public Configuration hadoop() {
        Configuration configuration = new Configuration();
        settings().forEach(configuration::set);
        configuration.set("fs.s3a.impl.disable.cache", "true");
        return configuration;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().toString();
        byte[] body = exchange.getRequestBody().readAllBytes();
        int number =
                requests.computeIfAbsent(method, key -> new AtomicInteger()).incrementAndGet();
        switch (faults.of(method, number, path)) {
            case SERVED -> serve(exchange, body, true);
            case ANSWER_LOST -> serve(exchange, body, false);
            case ERROR_500 -> refuse(exchange, 500, "InternalError");
            case SLOW_DOWN -> refuse(exchange, 503, "SlowDown");
        }
    }

    private void serve(HttpExchange exchange, byte[] body, boolean answered) throws IOException {
        boolean exclusive = conditionalWrites && exchange.getRequestHeaders().containsKey("If-None-Match");
        HttpResponse<byte[]> response;
        // S3 decides on conditional writes one after the other.
        synchronized (exclusive ? store : new Object()) {
            if (exclusive && exists(exchange.getRequestURI())) {
                response = null;
            } else {
                response = send(forwarded(exchange, body));
            }
        }
        if (!answered) {
            exchange.close();
        } else if (response == null) {
            refuse(exchange, CONFLICT, "PreconditionFailed");
        } else {
            pass(exchange, response);
        }
    }

    private boolean exists(URI object) throws IOException {
        return send(HttpRequest.newBuilder(upstream(object.getRawPath())).method("HEAD", BodyPublishers.noBody()))
                        .statusCode()
                == 200;
    }

    private HttpRequest.Builder forwarded(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(upstream(exchange.getRequestURI().toString()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    }

    private static void pass(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        response.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, List.copyOf(values));
            }
        });
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            response.headers().firstValue("content-length").ifPresent(length -> headers.set("Content-Length", length));
        }
        byte[] body = response.body();
        exchange.sendResponseHeaders(response.statusCode(), head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = ("<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private URI upstream(String path) {
        return URI.create("http://127.0.0.1:" + store.getPort() + path);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        gate.stop(0);
        store.shutdown();
        threads.shutdownNow();
    }
}
