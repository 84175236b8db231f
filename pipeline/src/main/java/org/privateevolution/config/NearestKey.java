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

    /** Insertions, deletions, substitutions and swaps of neighbours that turn {@code a} into {@code b}. */
    public static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : edits(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int edits(int[][] edits, String a, String b, int i, int j) {
        char ofA = a.charAt(i - 1);
        char ofB = b.charAt(j - 1);
        int least =
                Math.min(1 + Math.min(edits[i - 1][j], edits[i][j - 1]), edits[i - 1][j - 1] + (ofA == ofB ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && ofA == b.charAt(j - 2) && a.charAt(i - 2) == ofB;
        return swapped ? Math.min(least, 1 + edits[i - 2][j - 2]) : least;
    }
}
