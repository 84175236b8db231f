package org.privateevolution.spark.modality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.privateevolution.generation.endpoint.Budget;
import org.privateevolution.generation.endpoint.KeySource;
import org.privateevolution.generation.endpoint.RetryPolicy;
import org.privateevolution.model.TextSpec;

/** How endpoints are called, from their configuration. */
public final class CallSettings {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double SECOND_MILLIS = 1e3;

    private CallSettings() {}

    /** Where a key is, of an environment variable and a file, of which one or both are empty. */
    public static KeySource key(String environment, String file) {
        if (!environment.isEmpty()) {
            return new KeySource.Environment(environment);
        }
        return file.isEmpty() ? new KeySource.None() : new KeySource.SecretFile(file);
    }

    /** Fields of a request; what is no JSON is a text. */
    public static Map<String, Object> parameters(Map<String, String> given) {
        Map<String, Object> parameters = new HashMap<>();
        given.forEach((name, value) -> parameters.put(name, json(value)));
        return parameters;
    }

    private static Object json(String value) {
        try {
            Object parsed = JSON.readValue(value, Object.class);
            return parsed == null ? value : parsed;
        } catch (JsonProcessingException e) {
            return value;
        }
    }

    public static RetryPolicy retry(TextSpec.Retry retry) {
        return new RetryPolicy(
                retry.attempts(), seconds(retry.firstDelay()), seconds(retry.longestDelay()), seconds(retry.timeout()));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * SECOND_MILLIS)));
    }

    /** @param budget null for none */
    public static Budget budget(TextSpec.Spending budget) {
        return budget == null
                ? Budget.UNLIMITED
                : new Budget(budget.requests(), budget.promptTokens(), budget.completionTokens(), budget.money());
    }
}
