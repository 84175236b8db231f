package org.privateevolution.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A setting whose value differs between two configurations.
 *
 * @param key path of the setting, such as {@code tabular.columns[2].max}
 * @param was the former value as JSON, abbreviated if it is long
 * @param is the present value, in the same form
 */
public record ChangedSetting(String key, String was, String is) {

    private static final int LONGEST = 80;

    /**
     * Returns the settings that differ between two canonical configurations, ordered by key.
     *
     * @param before the former configuration, as JSON
     * @param now the present configuration, as JSON
     */
    public static List<ChangedSetting> between(String before, String now) {
        SortedMap<String, Object> had = new TreeMap<>();
        SortedMap<String, Object> has = new TreeMap<>();
        flatten("", CanonicalConfiguration.tree(before), had);
        flatten("", CanonicalConfiguration.tree(now), has);
        SortedSet<String> keys = new TreeSet<>(had.keySet());
        keys.addAll(has.keySet());
        List<ChangedSetting> changed = new ArrayList<>();
        for (String key : keys) {
            if (!Objects.equals(had.get(key), has.get(key))) {
                changed.add(new ChangedSetting(key, text(had.get(key)), text(has.get(key))));
            }
        }
        return changed;
    }

    /** A list of plain values counts as one value. */
    private static void flatten(String path, Object value, SortedMap<String, Object> into) {
        if (value instanceof Map<?, ?> map && (path.isEmpty() || !map.isEmpty())) {
            map.forEach((name, inner) -> flatten(path.isEmpty() ? name + "" : path + "." + name, inner, into));
        } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), into);
            }
        } else {
            into.put(path, value);
        }
    }

    private static String text(Object value) {
        if (value == null) {
            return "not set";
        }
        String json = CanonicalConfiguration.json(value);
        return json.length() <= LONGEST ? json : json.substring(0, LONGEST) + "…";
    }

    @Override
    public String toString() {
        return key + " was " + was + " and is " + is;
    }
}
