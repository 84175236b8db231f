package org.privateevolution.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** The type of a whole number from {@code min} to {@code max}. */
record Whole<T extends Number>(long min, long max, LongFunction<T> of) implements Type<T> {

    static Whole<Integer> atLeast(int min) {
        return between(min, Integer.MAX_VALUE);
    }

    static Whole<Integer> between(int min, int max) {
        return new Whole<>(min, max, number -> (int) number);
    }

    static Whole<Long> longAtLeast(long min) {
        return new Whole<>(min, Long.MAX_VALUE, number -> number);
    }

    /** Whether only the Java type limits the number. */
    private boolean unlimited() {
        return max == Integer.MAX_VALUE || max == Long.MAX_VALUE;
    }

    @Override
    public String prose() {
        return !unlimited()
                ? "integer from " + min + " to " + max
                : min == Long.MIN_VALUE ? "integer" : "integer, at least " + min;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "integer");
        schema.put("minimum", min);
        schema.put("maximum", max);
        return schema;
    }

    @Override
    public T read(Given given) {
        String text = given.scalar();
        if (text == null) {
            return null;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return of.apply(number);
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of bounds.
        }
        return given.refused("must be a whole number " + bounds(text));
    }

    private String bounds(String text) {
        if (min == Long.MIN_VALUE) {
            return "of at most 63 bits";
        }
        boolean tooLarge = text.matches("\\+?[0-9]{10,}");
        return unlimited() && !tooLarge ? "of at least " + min : "from " + min + " to " + max;
    }
}
