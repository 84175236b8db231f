package org.privateevolution.jobs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Writes the result of a command as one JSON object. The writer streams, because data binding alone would double the
 * start-up time.
 */
final class Json {

    private Json() {}

    /** @param values maps, iterables, texts, numbers, booleans and nulls */
    static String object(Map<String, ?> values) {
        return text(values, true);
    }

    /** The same without a line break. */
    static String line(Map<String, ?> values) {
        return text(values, false);
    }

    private static String text(Map<String, ?> values, boolean pretty) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            if (pretty) {
                generator.useDefaultPrettyPrinter();
            }
            write(generator, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName((String) entry.getKey());
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> items) {
            generator.writeStartArray();
            for (Object item : items) {
                write(generator, item);
            }
            generator.writeEndArray();
        } else {
            generator.writeObject(value);
        }
    }
}
