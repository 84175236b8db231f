package org.privateevolution.generation.mixed;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.privateevolution.model.CategoricalColumn;
import org.privateevolution.model.Column;
import org.privateevolution.model.LearntColumn;
import org.privateevolution.model.NumericColumn;
import org.privateevolution.model.TextSpec;

/**
 * A column of ratings, which says whether the writer of a text was content. Small language models cannot tell that from
 * a number, so prompts put it into words. A column holds ratings if a word of its name says so and its values are
 * numbers.
 *
 * @param low the lowest rating
 * @param high the highest rating, above the lowest
 */
record Rating(String column, double low, double high) {

    private static final Set<String> WORDS = Set.of("star", "stars", "rating", "ratings", "satisfaction");

    /** How high a rating is: fifths of the range. */
    private static final List<String> LEVELS = List.of("lowest", "low", "middle", "high", "highest");

    /** The first column of ratings; empty if there is none. */
    static Optional<Rating> among(Stream<? extends LearntColumn> columns) {
        return columns.flatMap(column -> of(column).stream()).findFirst();
    }

    /**
     * The column of ratings as a configuration states it.
     *
     * @param stated name of the column, or {@link TextSpec.Beside#NO_RATING}; empty to tell it by its name
     */
    static Optional<Rating> among(Stream<? extends LearntColumn> columns, String stated) {
        if (stated.isEmpty()) {
            return among(columns);
        }
        return stated.equals(TextSpec.Beside.NO_RATING)
                ? Optional.empty()
                : columns.filter(column -> column.name().equals(stated))
                        .flatMap(column -> range(column).stream())
                        .findFirst();
    }

    private static Optional<Rating> of(LearntColumn column) {
        return Arrays.stream(words(column.name())).anyMatch(WORDS::contains) ? range(column) : Optional.empty();
    }

    private static Optional<Rating> range(LearntColumn column) {
        if (!(column instanceof Column single)) {
            return Optional.empty();
        }
        double[] values;
        if (single instanceof NumericColumn numeric) {
            values = new double[] {numeric.min(), numeric.max()};
        } else {
            List<OptionalDouble> numbers = ((CategoricalColumn) single)
                    .categories().stream().map(Rating::number).toList();
            if (numbers.stream().anyMatch(OptionalDouble::isEmpty)) {
                return Optional.empty();
            }
            values = numbers.stream().mapToDouble(OptionalDouble::getAsDouble).toArray();
        }
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        return low < high ? Optional.of(new Rating(single.name(), low, high)) : Optional.empty();
    }

    /** The words of a name such as {@code overallRating} or {@code review_stars}, in small letters. */
    private static String[] words(String name) {
        return name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2")
                .toLowerCase(Locale.ROOT)
                .split("[^\\p{L}]+");
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** How high a value is; empty if it is no number. */
    Optional<String> level(String value) {
        OptionalDouble rating = number(value);
        if (rating.isEmpty()) {
            return Optional.empty();
        }
        int fifth = (int) ((rating.getAsDouble() - low) / (high - low) * LEVELS.size());
        return Optional.of(LEVELS.get(Math.max(0, Math.min(LEVELS.size() - 1, fifth))));
    }
}
