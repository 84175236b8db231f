package org.privateevolution.generation.text;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces parts of a text by a mask, for the model to fill in again (Aug-PE's {@code masked_sample}).
 *
 * @param unit what is replaced at once
 * @param mask what stands for it; the reference's is {@code _}
 * @param probabilities of a unit to be replaced, by completed votes; the last holds from there on
 */
public record Blanking(Unit unit, String mask, List<Double> probabilities) {

    /** What is replaced at once. */
    public enum Unit {
        /** What stands between spaces. */
        WORD("\\S+"),
        /**
         * What the tokenizers of current models start from: a run of letters, up to three digits, or a run of other
         * characters. Most such pieces of English are one token.
         */
        TOKEN("\\p{L}[\\p{L}\\p{M}]*|\\p{N}{1,3}|[^\\s\\p{L}\\p{N}]+");

        private final Pattern pattern;

        Unit(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }
    }

    public Blanking {
        probabilities = List.copyOf(probabilities);
        if (probabilities.isEmpty() || !probabilities.stream().allMatch(p -> p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    "blank probabilities must be one or more numbers from 0 to 1, but are " + probabilities);
        }
    }

    /** @param iteration completed votes, from 0 */
    String masked(String text, int iteration, RandomGenerator random) {
        double probability = probabilities.get(Math.min(iteration, probabilities.size() - 1));
        return unit.pattern
                .matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(random.nextDouble() < probability ? mask : match.group()));
    }
}
