package org.privateevolution.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.privateevolution.spi.StoreException;

/**
 * A JSON object that was read from the store. A missing field, or one of another type, is damage; no default takes its
 * place.
 *
 * @param where names the file in errors
 */
record StoredObject(JsonNode node, String where) {

    StoredObject {
        if (!node.isObject()) {
            throw damaged(where, "it is not a JSON object");
        }
    }

    static StoreException damaged(String where, String how) {
        return new StoreException(StoreException.Reason.DAMAGED, where + " is damaged: " + how + "; restore the file");
    }

    boolean has(String field) {
        return node.has(field);
    }

    String text(String field) {
        return field(field, JsonNode::isTextual, "text").textValue();
    }

    boolean flag(String field) {
        return field(field, JsonNode::isBoolean, "true or false").booleanValue();
    }

    int integer(String field) {
        return field(field, JsonNode::isInt, "an integer").intValue();
    }

    long whole(String field) {
        return field(field, StoredObject::isLong, "a whole number").longValue();
    }

    double number(String field) {
        return field(field, JsonNode::isNumber, "a number").doubleValue();
    }

    Instant instant(String field) {
        try {
            return Instant.parse(text(field));
        } catch (DateTimeException e) {
            throw damaged(where, field + " is not a time");
        }
    }

    StoredObject object(String field) {
        return new StoredObject(field(field, JsonNode::isObject, "an object"), where);
    }

    List<StoredObject> objects(String field) {
        List<StoredObject> objects = new ArrayList<>();
        array(field).forEach(entry -> objects.add(new StoredObject(entry, where)));
        return objects;
    }

    List<String> texts(String field) {
        return entries(field, JsonNode::isTextual).stream()
                .map(JsonNode::textValue)
                .toList();
    }

    long[] wholes(String field) {
        return entries(field, StoredObject::isLong).stream()
                .mapToLong(JsonNode::longValue)
                .toArray();
    }

    /** The numbers of a field; null stands for NaN. */
    double[] numbers(String field) {
        return entries(field, entry -> entry.isNumber() || entry.isNull()).stream()
                .mapToDouble(entry -> entry.isNull() ? Double.NaN : entry.doubleValue())
                .toArray();
    }

    private List<JsonNode> entries(String field, Predicate<JsonNode> fits) {
        List<JsonNode> entries = new ArrayList<>();
        array(field).forEach(entries::add);
        if (!entries.stream().allMatch(fits)) {
            throw damaged(where, field + " holds an entry of another type");
        }
        return entries;
    }

    private JsonNode array(String field) {
        return field(field, JsonNode::isArray, "a list");
    }

    private JsonNode field(String field, Predicate<JsonNode> fits, String type) {
        JsonNode value = node.path(field);
        if (!fits.test(value)) {
            throw damaged(where, field + " is missing or not " + type);
        }
        return value;
    }

    private static boolean isLong(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
    }
}
