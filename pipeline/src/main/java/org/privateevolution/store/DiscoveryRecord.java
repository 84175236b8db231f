package org.privateevolution.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.spi.StoreException;

/**
 * Records what a discovery was asked for and the id under which it is charged, so that a later start uses the release
 * that was made.
 */
public final class DiscoveryRecord {

    private static final String FILE = "discovery.json";

    private DiscoveryRecord() {}

    /**
     * Creates the record of a new discovery, or checks the record of an earlier start.
     *
     * @param settings settings that decide what is released, by name
     * @return the id under which the discovery is charged
     * @throws ConfigurationException if the folder holds a run, or a discovery with other settings
     */
    public static String open(RunFiles store, Map<String, String> settings) {
        if (RunRecord.isIn(store)) {
            throw new ConfigurationException(List.of(store.location() + " contains a run: choose another --output"));
        }
        String where = store.location() + "/" + FILE;
        String text = store.read(FILE).orElse(null);
        if (text == null) {
            String id = UUID.randomUUID().toString();
            ObjectNode node = StoreJson.document().put("id", id);
            ObjectNode kept = node.putObject("settings");
            settings.forEach(kept::put);
            if (!store.create(FILE, StoreJson.pretty(node))) {
                throw new StoreException(where + " exists already: another driver works on this discovery");
            }
            return id;
        }
        StoredObject stored = StoreJson.parseDocument(text, where);
        StoredObject kept = stored.object("settings");
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String before = kept.text(setting.getKey());
            if (!before.equals(setting.getValue())) {
                throw new ConfigurationException(List.of(store.location() + " holds a discovery whose "
                        + setting.getKey() + " is " + shown(before) + ", and now is " + shown(setting.getValue())
                        + ": choose another --output, or the same settings"));
            }
        }
        return stored.text("id");
    }

    private static String shown(String value) {
        return value.isEmpty() ? "not given" : value;
    }
}
