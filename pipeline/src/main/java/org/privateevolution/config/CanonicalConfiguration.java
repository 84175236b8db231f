package org.privateevolution.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.privateevolution.model.RunSpec;

/**
 * A resolved run as a configuration again: every default written out, one way to say each thing, and secret options
 * redacted. {@link RunConfiguration} reads it back to an equal {@link RunSpec}, unless there is such an option. The
 * iteration store keeps it and the {@link Fingerprint} is taken of it.
 *
 * <p>A configuration keeps its canonical form in all later versions of the program, so that runs keep their
 * fingerprints. A setting that is added is therefore {@link Draft#silent}: left out wherever its value does what the
 * program did without it. Any other change makes a new version of the form, and comes with a conversion of the
 * configurations that runs have recorded in older ones.
 */
public final class CanonicalConfiguration {

    /** Version of the form. */
    public static final int VERSION = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    private CanonicalConfiguration() {}

    /** As JSON on one line, with sorted keys. */
    public static String json(RunSpec spec) {
        return json(tree(spec));
    }

    /** As YAML, with the keys in the order of {@link RunSettings}. */
    public static String yaml(RunSpec spec) {
        try {
            return YAML.writeValueAsString(tree(spec));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The inverse of {@link #json(Object)}, but for the types of numbers. */
    static Map<String, Object> tree(String json) {
        try {
            return JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String json(Object tree) {
        try {
            return JSON.writer()
                    .without(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Maps, lists, texts, booleans, integers and decimals. The caller owns the maps. */
    static Map<String, Object> tree(RunSpec spec) {
        return RunSettings.ROOT.written(spec);
    }
}
