package org.privateevolution.spark.parsing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Reads JSON objects, one after the other or in arrays, as the values of the wanted keys in text form. */
final class JsonObjects {

    /** Stands for the value of a key that an object does not have; compared by identity. */
    @SuppressWarnings("StringOperationCanBeSimplified") // an object of its own
    static final String ABSENT = new String("absent");

    private final JsonParser parser;
    private final boolean line;
    private final Columns columns;
    private boolean inArray;

    /**
     * Reads a file or a line.
     *
     * @param line whether the text is a line, which holds one object or nothing
     */
    JsonObjects(JsonParser parser, boolean line, Columns columns) {
        this.parser = parser;
        this.line = line;
        this.columns = columns;
    }

    /** The wanted keys. */
    static final class Columns {
        private final Map<String, Integer> positions = new HashMap<>();
        /** Keys whose objects may have wanted keys: all that wanted keys with a dot begin with. */
        private final Set<String> outer = new HashSet<>();

        private final String[] absent;
        private final Consumer<String> others;

        /**
         * Numbers the wanted keys.
         *
         * @param folders columns in the names of the file's folders, with their values
         * @param others receives the keys that are not wanted
         */
        Columns(List<String> wanted, Map<String, String> folders, Consumer<String> others) {
            this.absent = new String[wanted.size()];
            this.others = others;
            for (int i = 0; i < absent.length; i++) {
                String name = wanted.get(i);
                positions.put(name, i);
                for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                    outer.add(name.substring(0, dot));
                }
                absent[i] = folders.getOrDefault(wanted.get(i), ABSENT);
            }
        }
    }

    /** @param options of Spark's JSON reader */
    static JsonFactory factory(Map<String, String> options) {
        return new JsonFactoryBuilder()
                // The data may hold any number of different keys.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .configure(JsonReadFeature.ALLOW_SINGLE_QUOTES, truth(options, "allowSingleQuotes", true))
                .configure(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, truth(options, "allowUnquotedFieldNames", false))
                .configure(
                        JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS,
                        truth(options, "allowNumericLeadingZeros", false))
                .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, truth(options, "allowNonNumericNumbers", true))
                .configure(
                        JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
                        truth(options, "allowBackslashEscapingAnyCharacter", false))
                .build();
    }

    private static boolean truth(Map<String, String> options, String name, boolean ifMissing) {
        return Boolean.parseBoolean(options.getOrDefault(name, String.valueOf(ifMissing)));
    }

    /**
     * Reads the next object.
     *
     * @return the values of the wanted keys, {@link #ABSENT} for a key that the object does not have; null if there are
     *     no more objects
     * @throws UnsoundRecordException if the object is not sound
     */
    String[] next() throws IOException {
        try {
            JsonToken token = parser.nextToken();
            while (token == JsonToken.START_ARRAY && !inArray || token == JsonToken.END_ARRAY && inArray) {
                if (line) {
                    throw new UnsoundRecordException(
                            "a line begins an array instead of a JSON object: set options.multiLine to true");
                }
                inArray = !inArray;
                token = parser.nextToken();
            }
            if (token == null) {
                return null;
            }
            if (token != JsonToken.START_OBJECT) {
                throw new UnsoundRecordException("it is not a JSON object"
                        + (line ? ": if objects go over several lines, set options.multiLine to true" : ""));
            }
            String[] values = values();
            if (line && parser.nextToken() != null) {
                throw new UnsoundRecordException("a line has more than one JSON object: write one per line, or set"
                        + " options.multiLine to true");
            }
            return values;
        } catch (StreamConstraintsException e) {
            throw new UnsoundRecordException(
                    "a number, text or name in it is longer, or its values are nested deeper, than"
                            + " is read: shorten it, or write the data as Parquet");
        } catch (JsonProcessingException e) {
            throw new UnsoundRecordException("it is incomplete, or not JSON"
                    + (line ? ": if objects go over several lines, set options.multiLine to true" : ""));
        }
    }

    private String[] values() throws IOException {
        String[] values = columns.absent.clone();
        read("", values, new boolean[values.length]);
        return values;
    }

    /** Reads an object. A wanted key with a dot is a key of its own, or a path to a key of an inner object. */
    private void read(String prefix, String[] values, boolean[] found) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix + parser.currentName();
            Integer position = columns.positions.get(key);
            JsonToken value = parser.nextToken();
            if (position == null) {
                if (value == JsonToken.START_OBJECT && columns.outer.contains(key)) {
                    read(key + ".", values, found);
                    continue;
                }
                columns.others.accept(key);
                parser.skipChildren();
                continue;
            }
            if (found[position]) {
                throw new UnsoundRecordException("it has a declared column twice");
            }
            found[position] = true;
            String folder = columns.absent[position];
            values[position] = text(value);
            if (folder != ABSENT && !Objects.equals(folder, values[position])) {
                throw new UnsoundRecordException("a column is in the file and, with another value, in the names of its"
                        + " folders: rename it in one of these places");
            }
        }
    }

    /** Writes scalars as they stand in the file, and arrays and objects as JSON. */
    private String text(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!value.isStructStart()) {
            return parser.getText();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }
}
