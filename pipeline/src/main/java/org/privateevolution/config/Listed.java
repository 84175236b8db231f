package org.privateevolution.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The type of a list.
 *
 * @param min least number of entries
 * @param max greatest number of entries
 * @param length message for a list of a wrong length, with {@code %d} for its length
 * @param distinct whether entries must differ
 */
record Listed<E>(Type<E> entry, String prose, int min, int max, String length, boolean distinct)
        implements Type<List<E>> {

    private static final String EMPTY = "is empty: must have at least one entry";

    /** A list of one or more entries. */
    static <E> Listed<E> of(Type<E> entry) {
        return new Listed<>(entry, "list of " + plural(entry), 1, Integer.MAX_VALUE, EMPTY, false);
    }

    /** A list of any length. */
    static <E> Listed<E> any(Type<E> entry, String prose) {
        return new Listed<>(entry, prose, 0, Integer.MAX_VALUE, "", false);
    }

    /** A list of one or more entries, all different. */
    static <E> Listed<E> distinct(Type<E> entry, String prose) {
        return new Listed<>(entry, prose, 1, Integer.MAX_VALUE, EMPTY, true);
    }

    /** A list of texts that are not blank. {@link ImageSettings#checkPerLabel} checks that there is one per label. */
    static Listed<String> perLabel() {
        return any(Text.of("string"), "list of strings, one per label");
    }

    /** A list of three numbers: red, green, blue. */
    static Listed<Double> perColour(Type<Double> entry) {
        String length = "has %d numbers: give those of red, green and blue";
        return new Listed<>(entry, "list of 3 " + plural(entry), 3, 3, length, false);
    }

    /** A list of two or more entries. */
    static <E> Listed<E> twoOrMore(Type<E> entry, String why) {
        String length = "has length %d: must have at least 2 entries, " + why;
        return new Listed<>(entry, "list of 2 or more " + plural(entry), 2, Integer.MAX_VALUE, length, false);
    }

    private static String plural(Type<?> entry) {
        return entry.prose().replaceFirst("^[a-z]+", "$0s");
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("items", entry.schema());
        schema.put("minItems", min);
        if (max < Integer.MAX_VALUE) {
            schema.put("maxItems", max);
        }
        if (distinct) {
            schema.put("uniqueItems", true);
        }
        return schema;
    }

    @Override
    public List<E> read(Given given) {
        List<Given> items = given.items();
        if (items == null) {
            return null;
        }
        boolean sound = items.size() >= min && items.size() <= max;
        if (!sound) {
            given.wrong(String.format(Locale.ROOT, length, items.size()));
        }
        List<E> entries = new ArrayList<>();
        Map<E, Integer> places = new HashMap<>();
        for (Given item : items) {
            E value = entry.read(item);
            Integer first = distinct && value != null ? places.putIfAbsent(value, entries.size()) : null;
            if (first != null) {
                item.refused("is a duplicate of entry " + first);
            }
            sound &= value != null && first == null;
            entries.add(value);
        }
        return sound ? entries : null;
    }

    @Override
    public Object written(List<E> value) {
        return value.stream().map(entry::written).toList();
    }
}
