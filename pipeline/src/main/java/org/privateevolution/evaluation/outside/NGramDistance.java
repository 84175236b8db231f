package org.privateevolution.evaluation.outside;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.privateevolution.evaluation.Words;

/** Measures how differently two sets of texts use n-grams of words. */
public final class NGramDistance {

    private NGramDistance() {}

    /**
     * The total variation distance between the shares of n-grams: half their L1 distance.
     *
     * @param n words per n-gram, at least 1
     * @return 0 to 1; 0 if neither set has an n-gram, 1 if only one of them has none
     */
    public static double of(List<String> a, List<String> b, int n) {
        Map<String, Integer> runsOfA = counts(a, n);
        Map<String, Integer> runsOfB = counts(b, n);
        double totalOfA = total(runsOfA);
        double totalOfB = total(runsOfB);
        if (totalOfA == 0 || totalOfB == 0) {
            return totalOfA == totalOfB ? 0 : 1;
        }
        double common = 0;
        for (Map.Entry<String, Integer> run : runsOfA.entrySet()) {
            common += Math.min(run.getValue() / totalOfA, runsOfB.getOrDefault(run.getKey(), 0) / totalOfB);
        }
        return Math.max(0, 1 - common);
    }

    private static double total(Map<String, Integer> counts) {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    private static Map<String, Integer> counts(List<String> texts, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n is " + n + ": a run has at least 1 word");
        }
        Map<String, Integer> counts = new HashMap<>();
        for (String text : texts) {
            List<String> words = Words.of(text);
            for (int end = n; end <= words.size(); end++) {
                counts.merge(String.join(" ", words.subList(end - n, end)), 1, Integer::sum);
            }
        }
        return counts;
    }
}
