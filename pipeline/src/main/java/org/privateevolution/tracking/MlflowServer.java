package org.privateevolution.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A client for the REST interface of a tracking server, based on the JDK's HTTP client. Half a dozen requests do not
 * justify MLflow's Java client, which would bring Protocol Buffers and its own HTTP stack onto Spark's class path.
 */
final class MlflowServer {

    private static final String API = "/api/2.0/mlflow/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int NOT_FOUND = 404;
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String uri;
    private final Optional<String> authorization;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /**
     * @param uri any trailing slashes are removed
     * @param environment by the names that MLflow's own clients read
     */
    MlflowServer(String uri, UnaryOperator<String> environment) {
        this.uri = uri.replaceAll("/+$", "");
        this.authorization = authorization(environment);
    }

    private static Optional<String> authorization(UnaryOperator<String> environment) {
        String user = environment.apply("MLFLOW_TRACKING_USERNAME");
        String password = environment.apply("MLFLOW_TRACKING_PASSWORD");
        if (user != null && password != null) {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
        }
        return Optional.ofNullable(environment.apply("MLFLOW_TRACKING_TOKEN")).map(token -> "Bearer " + token.strip());
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * @param path below the interface, for example {@code runs/create}
     */
    JsonNode post(String path, ObjectNode body) throws IOException {
        return answer(
                request(API + path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
                        .build(),
                path);
    }

    /**
     * @return empty if the server reports that the object does not exist
     */
    Optional<JsonNode> find(String path, String parameter, String value) throws IOException {
        String query = "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        HttpResponse<byte[]> response = send(request(API + path + query).GET().build());
        return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(read(response, path));
    }

    /**
     * @param place path below the server's artifact store
     */
    void upload(String place, byte[] content) throws IOException {
        answer(
                request(ARTIFACTS + place)
                        .PUT(BodyPublishers.ofByteArray(content))
                        .build(),
                "the upload of an artifact");
    }

    private HttpRequest.Builder request(String path) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri + path)).timeout(ANSWER);
        if (authorization.isPresent() && !isConfidential(URI.create(uri))) {
            throw new IOException("nothing was sent: there are credentials for it in the environment, and whoever is on"
                    + " the way to a server of plain http can read them; write https:// into tracking.mlflow.uri,"
                    + " or take"
                    + " the MLFLOW_TRACKING_... variables out");
        }
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    /** Whether nobody between here and the server can read the requests. */
    private static boolean isConfidential(URI server) {
        String host = server.getHost();
        return "https".equalsIgnoreCase(server.getScheme())
                || (host != null
                        && (host.equals("localhost")
                                || host.equals("[::1]")
                                || LOOPBACK.matcher(host).matches()));
    }

    private JsonNode answer(HttpRequest request, String what) throws IOException {
        return read(send(request), what);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode read(HttpResponse<byte[]> response, String what) throws IOException {
        if (response.statusCode() / 100 != 2) {
            throw new IOException("status " + response.statusCode() + " to " + what + reason(response.body()));
        }
        return response.body().length == 0 ? object() : MAPPER.readTree(response.body());
    }

    /** The server's error code only: the rest of its answer may repeat what was sent. */
    private static String reason(byte[] body) {
        try {
            JsonNode code = MAPPER.readTree(body).path("error_code");
            return code.isTextual() ? ", " + code.asText() : "";
        } catch (IOException e) {
            return "";
        }
    }
}
