package org.privateevolution.generation.tabular;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import net.datafaker.Faker;

/**
 * Pools of names and addresses of one locale, drawn from Datafaker with a fixed seed. They are drawn once, because
 * Datafaker is slow, and so that executors only need the strings.
 *
 * @param streets street names with house numbers
 * @param towns names of towns with postcodes
 */
record Names(List<String> first, List<String> last, List<String> streets, List<String> towns) implements Serializable {

    /** Empty pools, for tables without such columns. */
    static final Names NONE = new Names(List.of(), List.of(), List.of(), List.of());

    private static final long serialVersionUID = 1L;

    private static final int DRAWS = 1_000;

    Names {
        first = List.copyOf(first);
        last = List.copyOf(last);
        streets = List.copyOf(streets);
        towns = List.copyOf(towns);
    }

    /**
     * Draws the pools of a locale.
     *
     * @param tag a BCP 47 language tag, such as {@code de-AT}
     * @throws IllegalArgumentException if Datafaker does not know the locale
     */
    static Names of(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        if (!isKnown(locale)) {
            throw new IllegalArgumentException(
                    "no names are known for '" + tag + "': give a language tag such as en-US," + " de, fr-CA or pt-BR");
        }
        Random random = new Random(0);
        Faker faker = new Faker(locale, random);
        return new Names(
                drawn(() -> faker.name().firstName()),
                drawn(() -> faker.name().lastName()),
                drawn(() -> faker.address().streetAddress()),
                drawn(() -> faker.address().zipCode() + " " + faker.address().city()));
    }

    boolean isEmpty() {
        return first.isEmpty();
    }

    /** Checked here because Datafaker silently falls back to English for unknown locales. */
    private static boolean isKnown(Locale locale) {
        return Faker.class.getResource("/" + locale.toLanguageTag() + ".yml") != null;
    }

    private static List<String> drawn(Supplier<String> source) {
        List<String> drawn = new ArrayList<>(DRAWS);
        for (int i = 0; i < DRAWS; i++) {
            drawn.add(source.get());
        }
        return drawn;
    }
}
