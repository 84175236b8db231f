package org.privateevolution.generation.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;

/** Fields that a configuration adds to a request. */
public final class RequestFields {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RequestFields() {}

    /** Parses each value as JSON; values that are not valid JSON are sent as strings. */
    public static Map<String, Object> parsed(Map<String, String> given) {
        Map<String, Object> fields = new HashMap<>();
        given.forEach((name, value) -> fields.put(name, json(value)));
        return Map.copyOf(fields);
    }

    private static Object json(String value) {
        try {
            Object parsed = JSON.readValue(value, Object.class);
            return parsed == null ? value : parsed;
        } catch (JsonProcessingException e) {
            return value;
        }
    }
}
