package org.privateevolution.generation.text;

import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateevolution.model.Blanking;

/** Replaces parts of a text by a mask, for the model to fill in. */
final class BlankedText {

    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern TOKEN = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*|\\p{N}{1,3}|[^\\s\\p{L}\\p{N}]+");

    private BlankedText() {}

    /** @param iteration completed votes, from 0 */
    static String of(String text, Blanking blanking, int iteration, RandomGenerator random) {
        double probability = blanking.probabilities().at(iteration);
        Pattern unit =
                switch (blanking.unit()) {
                    case WORD -> WORD;
                    case TOKEN -> TOKEN;
                };
        return unit.matcher(text)
                .replaceAll(match ->
                        Matcher.quoteReplacement(random.nextDouble() < probability ? blanking.mask() : match.group()));
    }
}
