package org.privateevolution.spi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The {@code options} of an extension in the configuration. Each method reads one option. The options that an
 * extension's {@code create} reads are the ones it knows; any other option in the configuration is refused.
 *
 * @see OptionException thrown by every method if the option is missing or invalid
 */
public final class Options {

    private final Map<String, Object> values;
    private final Set<String> read = new LinkedHashSet<>();

    /**
     * @param values by name, each a text or a list of texts
     */
    public Options(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** A required text. */
    public String text(String name) {
        return single(name, value(name));
    }

    public String text(String name, String fallback) {
        return isGiven(name) ? text(name) : fallback;
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean fallback) {
        String text = text(name, Boolean.toString(fallback));
        if (!text.equals("true") && !text.equals("false")) {
            throw refused(name, text, "must be true or false");
        }
        return Boolean.parseBoolean(text);
    }

    /** A required whole number from {@code min} to {@code max}. */
    public long integer(String name, long min, long max) {
        return integer(name, text(name), min, max);
    }

    public long integer(String name, long min, long max, long fallback) {
        return isGiven(name) ? integer(name, min, max) : fallback;
    }

    /** A required finite number from {@code min} to {@code max}. */
    public double number(String name, double min, double max) {
        return number(name, text(name), min, max);
    }

    public double number(String name, double min, double max, double fallback) {
        return isGiven(name) ? number(name, min, max) : fallback;
    }

    /** A required list of at least one text; a single text is a list of one. */
    public List<String> texts(String name) {
        return list(name, value(name));
    }

    public List<String> texts(String name, List<String> fallback) {
        return isGiven(name) ? texts(name) : fallback;
    }

    /** A required list of at least one finite number, each from {@code min} to {@code max}. */
    public List<Double> numbers(String name, double min, double max) {
        List<Double> numbers = new ArrayList<>();
        for (String text : texts(name)) {
            numbers.add(number(name, text, min, max));
        }
        return List.copyOf(numbers);
    }

    /** The options that have been read, whether given or not, in order. */
    public List<String> known() {
        return List.copyOf(read);
    }

    /** The options that are given and have not been read. */
    public List<String> unread() {
        return values.keySet().stream()
                .filter(name -> !read.contains(name))
                .sorted()
                .toList();
    }

    private boolean isGiven(String name) {
        read.add(name);
        return values.containsKey(name);
    }

    private Object value(String name) {
        if (!isGiven(name)) {
            throw new OptionException(name, "is missing");
        }
        return values.get(name);
    }

    private static String single(String name, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new OptionException(name, "is a list: must be a single value");
    }

    private static List<String> list(String name, Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        List<String> texts = ((List<?>) value).stream().map(String.class::cast).toList();
        if (texts.isEmpty()) {
            throw new OptionException(name, "is empty: must have at least one entry");
        }
        return texts;
    }

    private static long integer(String name, String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of range.
        }
        throw refused(
                name,
                text,
                max == Long.MAX_VALUE
                        ? "must be a whole number of at least " + min
                        : "must be a whole number from " + min + " to " + max);
    }

    private static double number(String name, String text, double min, double max) {
        try {
            double number = new BigDecimal(text).doubleValue();
            if (Double.isFinite(number) && number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of range.
        }
        throw refused(name, text, String.format(Locale.ROOT, "must be a number from %s to %s", min, max));
    }

    private static OptionException refused(String name, String text, String rule) {
        return new OptionException(name, text + " is not allowed: " + rule);
    }
}
