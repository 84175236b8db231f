package org.privateevolution.constraint;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column whose value other columns determine. Which value that is, is learnt from synthetic rows. Null is a value
 * like any other here.
 *
 * @param rule index of the constraint that declares it
 */
record Dependency(int rule, List<Integer> from, int to) implements Serializable {

    private static final long serialVersionUID = 1L;

    Dependency {
        from = List.copyOf(from);
    }

    /**
     * The learnt values.
     *
     * @param values code of the determined column by the codes of the determining columns
     * @param otherwise code for combinations that were not seen
     */
    record Values(Dependency dependency, Map<List<Double>, Double> values, double otherwise) implements Serializable {

        private static final long serialVersionUID = 1L;

        void apply(double... codes) {
            codes[dependency.to] = values.getOrDefault(dependency.key(codes), otherwise);
        }
    }

    /** The codes of the determining columns. */
    List<Double> key(double... codes) {
        List<Double> key = new ArrayList<>(from.size());
        from.forEach(column -> key.add(codes[column]));
        return key;
    }

    /** Gives each combination the value that most weight has there; of equal ones the one with the smallest code. */
    Values learn(List<double[]> rows, List<Double> weights) {
        Map<List<Double>, Map<Double, Double>> found = new HashMap<>();
        Map<Double, Double> all = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            double[] row = rows.get(i);
            found.computeIfAbsent(key(row), key -> new HashMap<>()).merge(row[to], weights.get(i), Double::sum);
            all.merge(row[to], weights.get(i), Double::sum);
        }
        Map<List<Double>, Double> values = new HashMap<>();
        found.forEach((key, weighed) -> values.put(key, heaviest(weighed)));
        return new Values(this, values, heaviest(all));
    }

    private static double heaviest(Map<Double, Double> weights) {
        return weights.entrySet().stream()
                .max(Map.Entry.<Double, Double>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
    }
}
