package org.privateevolution.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.privateevolution.model.Sample;

/** The JSON forms of what the store holds. */
final class StoreJson {

    static final int SCHEMA_VERSION = 1;

    private static final ObjectMapper LINES = new ObjectMapper();
    private static final ObjectMapper PRETTY = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private StoreJson() {}

    static ObjectNode object() {
        return LINES.createObjectNode();
    }

    /** A document that starts with its schema version and its writer. */
    static ObjectNode document() {
        return document(SCHEMA_VERSION);
    }

    /** A document with another schema version than the usual one. */
    static ObjectNode document(int version) {
        return SchemaVersion.state(object(), version);
    }

    /** The first line of a file that has one object per line. */
    static String header() {
        return line(document()) + "\n";
    }

    static String line(JsonNode node) {
        return write(LINES, node);
    }

    static String pretty(JsonNode node) {
        return write(PRETTY, node) + "\n";
    }

    private static String write(ObjectMapper mapper, JsonNode node) {
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Parses a line or a document; {@code where} names it in errors. */
    static StoredObject parse(String text, String where) {
        try {
            return new StoredObject(LINES.readTree(text), where);
        } catch (JsonProcessingException e) {
            throw StoredObject.damaged(where, "it is not JSON");
        }
    }

    /** Parses a document and checks its schema version. */
    static StoredObject parseDocument(String text, String where) {
        return parseDocument(text, where, SCHEMA_VERSION);
    }

    /** Parses a document whose newest schema version is {@code newest}. */
    static StoredObject parseDocument(String text, String where, int newest) {
        StoredObject document = parse(text, where);
        SchemaVersion.requireReadable(document.node(), where, newest);
        return document;
    }

    /** Parses the lines after the header; files of up to 0.1.0 have no header. */
    static Stream<StoredObject> parseLines(String text, String where) {
        return text.lines().map(line -> parse(line, where)).filter(line -> !isHeader(line));
    }

    private static boolean isHeader(StoredObject line) {
        boolean header = line.has(SchemaVersion.FIELD);
        if (header) {
            SchemaVersion.requireReadable(line.node(), line.where(), SCHEMA_VERSION);
        }
        return header;
    }

    static ObjectNode sample(Sample sample) {
        ObjectNode node = object().put("id", sample.id()).put("label", sample.label());
        node.put("parent", sample.parent());
        PayloadJson.put(node, sample.payload());
        return node;
    }

    static Sample sample(StoredObject stored) {
        return new Sample(stored.text("id"), stored.integer("label"), PayloadJson.of(stored), stored.text("parent"));
    }
}
