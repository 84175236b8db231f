package org.privateevolution.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a run, in the order of the reference. The constants are settings that messages of other packages
 * name.
 */
public final class Settings {

    public static final Setting<?> PRIVATE_DATA_STORE_PATH = RunSettings.ROOT.privateData.store.path;
    public static final Setting<?> PRIVATE_DATA_STORE_KEY_ENV = RunSettings.ROOT.privateData.store.keyVariable;
    public static final Setting<?> PRIVACY_LEDGER = RunSettings.ROOT.privacy.ledger;
    public static final Setting<?> OUTPUT_PATH = RunSettings.ROOT.output.path;

    private static final ObjectWriter JSON = JsonMapper.builder()
            .build()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private Settings() {}

    public static List<Setting<?>> all() {
        return RunSettings.ROOT.settings().toList();
    }

    /** Returns the JSON Schema of all settings, for editors that complete and check configurations. */
    public static String schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "A run of Private Evolution");
        schema.putAll(RunSettings.ROOT.schema());
        try {
            return JSON.writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
