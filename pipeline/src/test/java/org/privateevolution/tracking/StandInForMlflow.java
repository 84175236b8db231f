package org.privateevolution.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes the place of a tracking server of MLflow, and keeps in memory what it is told. */
final class StandInForMlflow implements AutoCloseable {

    private static final String API = "/api/2.0/mlflow/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final List<String> experiments = new ArrayList<>();
    private final List<ObjectNode> runs = new ArrayList<>();
    private final Map<String, byte[]> artifacts = new LinkedHashMap<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private int answers = Integer.MAX_VALUE;

    StandInForMlflow() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers so many requests more, and then breaks. */
    void breakAfter(int requests) {
        answers = requests;
    }

    List<String> authorizations() {
        return authorizations;
    }

    List<String> bodies() {
        return bodies;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        bodies.add(new String(body, StandardCharsets.UTF_8));
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null) {
            authorizations.add(authorization);
        }
        if (answers-- <= 0) {
            answer(exchange, 500, "{\"error_code\": \"INTERNAL_ERROR\"}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith(ARTIFACTS)) {
            artifact(exchange, path.substring(ARTIFACTS.length()), body);
            return;
        }
        JsonNode request = body.length == 0 ? query(exchange) : MAPPER.readTree(body);
        JsonNode reply = reply(path.substring(API.length()), request);
        answer(exchange, reply == null ? 404 : 200, MAPPER.writeValueAsBytes(reply == null ? object() : reply));
    }

    private void artifact(HttpExchange exchange, String name, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            artifacts.put(name, body);
            answer(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
        } else {
            answer(exchange, artifacts.containsKey(name) ? 200 : 404, artifacts.getOrDefault(name, new byte[0]));
        }
    }

    private static JsonNode query(HttpExchange exchange) {
        ObjectNode query = object();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Null for what is not there. */
    private JsonNode reply(String path, JsonNode request) {
        return switch (path) {
            case "experiments/get-by-name" -> {
                int id = experiments.indexOf(request.get("experiment_name").asText());
                yield id < 0 ? null : object().set("experiment", object().put("experiment_id", String.valueOf(id)));
            }
            case "experiments/create" -> {
                experiments.add(request.get("name").asText());
                yield object().put("experiment_id", String.valueOf(experiments.size() - 1));
            }
            case "runs/search" -> {
                ArrayNode found = MAPPER.createArrayNode();
                runs.stream().filter(run -> matches(run, request)).forEach(found::add);
                yield object().set("runs", found);
            }
            case "runs/create" -> created(request);
            case "runs/log-batch" -> {
                for (String kind : List.of("metrics", "params", "tags")) {
                    request.path(kind)
                            .forEach(pair ->
                                    ((ArrayNode) run(request).get("data").get(kind)).add(pair));
                }
                yield object();
            }
            case "runs/log-inputs" -> {
                request.get("datasets")
                        .forEach(
                                input -> ((ArrayNode) run(request).get("inputs").get("dataset_inputs")).add(input));
                yield object();
            }
            case "runs/update" -> {
                ((ObjectNode) run(request).get("info"))
                        .put("status", request.get("status").asText());
                yield object();
            }
            case "metrics/get-history" -> {
                ArrayNode values = MAPPER.createArrayNode();
                run(request).get("data").get("metrics").forEach(metric -> {
                    if (metric.get("key").equals(request.get("metric_key"))) {
                        values.add(metric);
                    }
                });
                yield object().set("metrics", values);
            }
            default -> throw new IllegalArgumentException(path);
        };
    }

    private static boolean matches(JsonNode run, JsonNode request) {
        JsonNode own = run.get("info").get("experiment_id");
        boolean among = false;
        for (JsonNode id : request.get("experiment_ids")) {
            among |= id.equals(own);
        }
        String filter = request.path("filter").asText();
        JsonNode tag = run.get("data").get("tags").get(0);
        return among
                && (filter.isEmpty()
                        || filter.equals("tags.`" + tag.get("key").asText() + "` = '"
                                + tag.get("value").asText() + "'"));
    }

    private JsonNode created(JsonNode request) {
        String id = "run-" + runs.size();
        ObjectNode run = object();
        run.putObject("info")
                .put("run_id", id)
                .put("status", "RUNNING")
                .put("experiment_id", request.get("experiment_id").asText())
                .put(
                        "artifact_uri",
                        "mlflow-artifacts:/" + request.get("experiment_id").asText() + "/" + id);
        ObjectNode data = run.putObject("data");
        data.putArray("metrics");
        data.putArray("params");
        data.set("tags", request.get("tags"));
        run.putObject("inputs").putArray("dataset_inputs");
        runs.add(run);
        return object().set("run", run);
    }

    private JsonNode run(JsonNode request) {
        String id = request.get("run_id").asText();
        return runs.stream()
                .filter(run -> run.get("info").get("run_id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
