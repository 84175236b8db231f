package org.privateevolution.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one was meant to be. */
public final class NearestKey {

    private NearestKey() {}

    /** Letters of a part that tells more than an edit distance. */
    private static final int SHORTEST_PART = 4;

    /**
     * The candidate with the smallest edit distance to {@code name}, of those that hold it in some other case if there are
     * any; the first in alphabetical order among equals.
     */
    public static String of(String name, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.<String, Boolean>comparing(candidate -> !holds(candidate, name))
                        .thenComparing(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /**
     * The nearest candidate, if it differs from {@code name} in at most a third of the letters, or one, or holds all of it in
     * some other case.
     */
    public static Optional<String> close(String name, Collection<String> candidates) {
        return Optional.of(candidates)
                .filter(some -> !some.isEmpty())
                .map(some -> of(name, some))
                .filter(nearest -> holds(nearest, name) || distance(name, nearest) <= Math.max(1, name.length() / 3));
    }

    private static boolean holds(String candidate, String name) {
        return name.length() >= SHORTEST_PART
                && candidate.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
    }

    /** Levenshtein distance: insertions, deletions and substitutions that turn {@code a} into {@code b}. */
    public static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitution, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
