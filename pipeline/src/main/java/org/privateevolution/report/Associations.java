package org.privateevolution.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.privateevolution.model.Evaluation.Correlations;

/**
 * Shows the associations of columns: of the compared rows, of the synthetic rows, and their difference.
 *
 * @param compared the rows that the synthetic ones are compared with, as a word that begins a title
 */
record Associations(Correlations correlations, String compared) {

    private static final int SHOWN_PAIRS = 10;
    /** Keeps small differences from being drawn as if they were large. */
    private static final double LEAST_SCALE = 0.1;

    private record Pair(String first, String second, double real, double synthetic) {
        double difference() {
            return synthetic - real;
        }

        List<String> row() {
            return List.of(
                    first + " and " + second,
                    ReportNumbers.distance(real),
                    ReportNumbers.distance(synthetic),
                    ReportNumbers.distance(difference()));
        }
    }

    void write(Sheet sheet) {
        List<String> names = correlations.columns();
        List<Pair> pairs = pairs();
        double scale = Math.max(
                LEAST_SCALE,
                pairs.stream()
                        .mapToDouble(pair -> Math.abs(pair.difference()))
                        .max()
                        .orElse(0));
        sheet.heading("Which columns go together");
        sheet.explain(Terms.ASSOCIATION);
        sheet.markup().open("div", "class", "heats");
        new HeatMap(compared, names, correlations.real(), 1).draw(sheet.markup());
        new HeatMap("Synthetic", names, correlations.synthetic(), 1).draw(sheet.markup());
        new HeatMap("Difference", names, difference(), scale).draw(sheet.markup());
        sheet.markup().close();
        DataTable.ofTexts(
                        "The pairs that differ most",
                        List.of("Pair", compared, "Synthetic", "Difference"),
                        pairs.stream()
                                .sorted(Comparator.comparingDouble(pair -> -Math.abs(pair.difference())))
                                .limit(SHOWN_PAIRS)
                                .map(Pair::row)
                                .toList())
                .write(sheet);
    }

    private List<Pair> pairs() {
        List<String> names = correlations.columns();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                pairs.add(new Pair(
                        names.get(i),
                        names.get(j),
                        correlations.real().get(i).get(j),
                        correlations.synthetic().get(i).get(j)));
            }
        }
        return pairs;
    }

    private List<List<Double>> difference() {
        List<List<Double>> difference = new ArrayList<>();
        for (int i = 0; i < correlations.columns().size(); i++) {
            List<Double> row = new ArrayList<>();
            for (int j = 0; j < correlations.columns().size(); j++) {
                row.add(correlations.synthetic().get(i).get(j)
                        - correlations.real().get(i).get(j));
            }
            difference.add(row);
        }
        return difference;
    }
}
