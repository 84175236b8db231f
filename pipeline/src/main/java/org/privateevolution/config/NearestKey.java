package org.privateevolution.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the name that a misspelt name may have meant. */
public final class NearestKey {

    private NearestKey() {}

    /** Least length of a name for which containment says more than edit distance. */
    private static final int SHORTEST_PART = 4;

    /**
     * Returns the nearest candidate. Candidates that contain {@code name}, ignoring case, come before all others; then
     * the smallest edit distance decides, then alphabetical order.
     */
    public static String of(String name, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.<String, Boolean>comparing(candidate -> !holds(candidate, name))
                        .thenComparing(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /**
     * Returns the nearest candidate if it is close to {@code name}: it contains {@code name}, ignoring case, or differs
     * in at most one letter or a third of the letters, whichever is more.
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

    /**
     * Returns the least number of insertions, deletions, substitutions and swaps of neighbours that turn {@code a} into
     * {@code b}.
     */
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
