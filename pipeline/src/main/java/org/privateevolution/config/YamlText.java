package org.privateevolution.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses a YAML document into {@link Node}s that know their line numbers. JSON is YAML, so JSON is accepted, too. */
final class YamlText {

    private static final YAMLFactory FACTORY = new YAMLFactory();

    private final YAMLParser parser;
    private final String source;
    private final boolean lines;

    private YamlText(YAMLParser parser, String source, boolean lines) {
        this.parser = parser;
        this.source = source;
        this.lines = lines;
    }

    /**
     * Parses a whole document; the result of an empty one is a null.
     *
     * @param source name of the document's file, for messages
     */
    static Node document(String text, String source) {
        return parse(text, source, true);
    }

    /**
     * Parses a value given on the command line.
     *
     * @param source the command-line option, for messages
     */
    static Node value(String text, String source) {
        return parse(text, source, false);
    }

    private static Node parse(String text, String source, boolean lines) {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            YamlText reader = new YamlText(parser, source, lines);
            JsonToken first = parser.nextToken();
            Node node = first == null ? new Node.Scalar(null, reader.origin()) : reader.node(first);
            if (parser.nextToken() != null) {
                throw reader.refused("only one YAML document is allowed: remove everything after the second ---");
            }
            return node;
        } catch (JsonProcessingException e) {
            String line = lines && e.getLocation() != null
                    ? " line " + e.getLocation().getLineNr()
                    : "";
            String reason = e.getOriginalMessage().replaceAll("\\s+", " ").trim();
            throw new ConfigurationException(List.of(source + line + ": is not YAML: " + reason));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Node node(JsonToken token) throws IOException {
        if (parser.isCurrentAlias()) {
            throw refused("the alias *" + parser.getText() + " is not allowed: write the value out");
        }
        return switch (token) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> items();
            case VALUE_NULL -> new Node.Scalar(null, origin());
            default -> new Node.Scalar(parser.getText(), origin());
        };
    }

    private Node.Mapping mapping() throws IOException {
        String origin = origin();
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, String> keyOrigins = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (entries.containsKey(key)) {
                throw refused("the key " + key + " is written twice: remove one");
            }
            keyOrigins.put(key, origin());
            entries.put(key, node(parser.nextToken()));
        }
        return new Node.Mapping(entries, keyOrigins, origin);
    }

    private Node.Items items() throws IOException {
        String origin = origin();
        List<Node> nodes = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            nodes.add(node(token));
        }
        return new Node.Items(nodes, origin);
    }

    private String origin() {
        return " (" + place() + ")";
    }

    private String place() {
        return lines ? source + " line " + parser.currentTokenLocation().getLineNr() : source;
    }

    private ConfigurationException refused(String problem) {
        return new ConfigurationException(List.of(place() + ": " + problem));
    }
}
