package org.privateevolution.evaluation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Distinct-n (Li et al. 2016, "A Diversity-Promoting Objective Function for Neural Conversation Models"). */
public final class DistinctNGrams {

    private DistinctNGrams() {}

    /**
     * The number of different n-grams of words divided by the number of all n-grams, over all texts together; 0 if no
     * text has n words.
     *
     * @param n words per n-gram, at least 1
     * @return 0 to 1; 1 if no n-gram occurs twice
     */
    public static double share(List<String> texts, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n is " + n + ": a run has at least 1 word");
        }
        Set<String> distinct = new HashSet<>();
        long total = 0;
        for (String text : texts) {
            List<String> words = Words.of(text);
            for (int end = n; end <= words.size(); end++) {
                // Words contain no space, so joined n-grams are equal only if their words are.
                distinct.add(String.join(" ", words.subList(end - n, end)));
                total++;
            }
        }
        return total == 0 ? 0 : distinct.size() / (double) total;
    }
}
