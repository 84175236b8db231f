package org.privateevolution.spark.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.List;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The value of an array column as {@link org.privateevolution.model.SetColumn} takes it. */
public final class SetValue {

    private static final ObjectReader ARRAY =
            new ObjectMapper().readerFor(List.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private SetValue() {}

    /**
     * Converts an array as Spark's rows hold it, or its text form: a JSON array, as in JSON files and in CSV fields.
     *
     * @return a list, or null for null and for a blank text; any other value unchanged, for the column to refuse
     */
    public static Object of(Object value) {
        if (value instanceof Seq<?> array) {
            return CollectionConverters.asJava(array);
        }
        if (!(value instanceof CharSequence text)) {
            return value;
        }
        if (text.toString().isBlank()) {
            return null;
        }
        try {
            return ARRAY.readValue(text.toString());
        } catch (JsonProcessingException notAnArray) {
            // Its message would quote the value.
            return value;
        }
    }
}
