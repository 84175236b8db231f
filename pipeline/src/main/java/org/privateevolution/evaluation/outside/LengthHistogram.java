package org.privateevolution.evaluation.outside;

import java.io.Serializable;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.privateevolution.evaluation.Words;

/** The number of texts with each number of words. Histograms of parts of the data can be merged, in any order. */
public final class LengthHistogram implements Serializable {

    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, Long> texts = new TreeMap<>();

    public void add(String text) {
        texts.merge(Words.of(text).size(), 1L, Long::sum);
    }

    public void merge(LengthHistogram other) {
        other.texts.forEach((words, count) -> texts.merge(words, count, Long::sum));
    }

    /**
     * The Wasserstein-1 distance between the two distributions of words per text: the area between the distribution
     * functions.
     *
     * @return in words, at least 0
     * @throws IllegalArgumentException if either has no text
     */
    public double wasserstein(LengthHistogram other) {
        double total = total();
        double otherTotal = other.total();
        if (total == 0 || otherTotal == 0) {
            throw new IllegalArgumentException("no texts: lengths cannot be compared with those of nothing");
        }
        SortedMap<Integer, Double> steps = new TreeMap<>();
        texts.forEach((words, count) -> steps.merge(words, count / total, Double::sum));
        other.texts.forEach((words, count) -> steps.merge(words, -count / otherTotal, Double::sum));
        double area = 0;
        double apart = 0;
        Iterator<Integer> lengths = steps.keySet().iterator();
        int from = lengths.next();
        while (lengths.hasNext()) {
            int to = lengths.next();
            apart += steps.get(from);
            area += Math.abs(apart) * (to - from);
            from = to;
        }
        return area;
    }

    private double total() {
        return texts.values().stream().mapToLong(Long::longValue).sum();
    }
}
