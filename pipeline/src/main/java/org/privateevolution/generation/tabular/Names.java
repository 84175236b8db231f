package org.privateevolution.generation.tabular;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import net.datafaker.Faker;

/**
 * Names and addresses of one locale to draw from, made by Datafaker: always the same. They are drawn once, since Datafaker
 * takes long to draw many, and so that executors need nothing but texts.
 *
 * @param streets with numbers
 * @param towns with postcodes
 */
record Names(List<String> first, List<String> last, List<String> streets, List<String> towns) implements Serializable {

    /** Where nothing is drawn. */
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
     * Those of a locale.
     *
     * @param tag of BCP 47, such as {@code de-AT}
     * @throws IllegalArgumentException if Datafaker does not know it
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

    /** Datafaker takes English for what it does not know. */
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
