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
 * Writes a resolved run as a configuration in canonical form: every default is written out, every value has exactly one
 * notation, and secret options are redacted. {@link RunConfiguration} reads the result back to an equal
 * {@link RunSpec}, unless an option was redacted. What a discovery has found is not part of it: the configuration says
 * that it is to be found. The iteration store keeps the canonical configuration, and the
 * {@link Fingerprint} is its checksum.
 *
 * <p>A configuration keeps its canonical form in all later versions of the program, so that runs keep their
 * fingerprints. Therefore a new setting is {@link Draft#silent}: the canonical form omits it wherever its value means
 * what the program did before the setting existed. Any other change makes a new version of the form, and must come with
 * a conversion of the configurations that runs have recorded in older versions.
 */
public final class CanonicalConfiguration {

    /** Version of the canonical form. */
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

    /** Returns the canonical configuration as JSON on one line, with sorted keys. */
    public static String json(RunSpec spec) {
        return json(tree(spec));
    }

    /** Returns the canonical configuration as YAML, with the keys in the order of {@link RunSettings}. */
    public static String yaml(RunSpec spec) {
        try {
            return YAML.writeValueAsString(tree(spec));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The inverse of {@link #json(Object)}, except that the types of numbers may differ. */
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

    /**
     * Returns the canonical configuration as maps, lists, strings, booleans, integers and decimals. The caller may
     * change the maps.
     */
    static Map<String, Object> tree(RunSpec spec) {
        return RunSettings.ROOT.written(spec.configured());
    }
}
