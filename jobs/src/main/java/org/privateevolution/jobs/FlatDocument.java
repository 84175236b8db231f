package org.privateevolution.jobs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A document as one value per path: {@code privacy.epsilon}, {@code tabular.columns[0].name}. A list of strings and
 * numbers is one value. The parser streams, because data binding alone would double the start-up time of a command.
 */
final class FlatDocument {

    private final Map<String, String> values = new LinkedHashMap<>();

    private FlatDocument() {}

    /** @throws IOException if it is not JSON; the message quotes no text */
    static Map<String, String> ofJson(String text) throws IOException {
        return of(new JsonFactory(), text);
    }

    /** @throws IOException if it is not YAML */
    static Map<String, String> ofYaml(String text) throws IOException {
        return of(new YAMLFactory(), text);
    }

    private static Map<String, String> of(JsonFactory format, String text) throws IOException {
        FlatDocument document = new FlatDocument();
        try (JsonParser parser = format.createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                document.object("", parser);
            }
        }
        return document.values;
    }

    private void object(String path, JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            value(path.isEmpty() ? name : path + "." + name, parser);
        }
    }

    private void value(String path, JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> object(path, parser);
            case START_ARRAY -> list(path, parser);
            default -> values.put(path, parser.getText());
        }
    }

    private void list(String path, JsonParser parser) throws IOException {
        List<String> plain = new ArrayList<>();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (parser.currentToken().isScalarValue()) {
                plain.add(parser.getText());
            } else {
                value(path + "[" + i + "]", parser);
            }
        }
        if (!plain.isEmpty()) {
            values.put(path, String.join(", ", plain));
        }
    }
}
