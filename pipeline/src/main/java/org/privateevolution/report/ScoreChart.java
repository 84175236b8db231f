package org.privateevolution.report;

import java.util.List;
import java.util.Locale;
import org.privateevolution.report.AuditPage.Scores;

/**
 * The scores of canaries that were in the data and of those that were not, with the distributions that the claim
 * predicts for both.
 */
record ScoreChart(Scores scores) {

    private static final double WIDTH = 640;
    private static final double HEIGHT = 220;
    private static final double BASE = 190;
    private static final double TOP = 12;
    private static final int CURVE_STEPS = 160;

    void draw(Markup markup) {
        int in = sum(scores.in());
        int out = sum(scores.out());
        markup.open("section").element("h2", "How well canaries can be distinguished");
        markup.element(
                "p",
                "Each canary's votes, in units of the noise: one number per canary. The curves are what the claim"
                        + " foretells:"
                        + " the farther apart they are, the more a release reveals. Bars far from their curves"
                        + " contradict"
                        + " it.");
        markup.open("figure").open("figcaption", "class", "legend");
        markup.element("span", "in, " + ReportNumbers.count(in), "class", "real");
        markup.element("span", "out, " + ReportNumbers.count(out), "class", "synthetic");
        markup.close();
        markup.open(
                "svg",
                "viewBox",
                String.format(Locale.ROOT, "0 0 %.0f %.0f", WIDTH, HEIGHT),
                "role",
                "img",
                "aria-label",
                "Histogram of scores. Excluded canaries should lie around 0, and lie at "
                        + ReportNumbers.figure(mean(scores.out()))
                        + " on average; included ones should lie around "
                        + ReportNumbers.figure(scores.mu()) + ", and lie at "
                        + ReportNumbers.figure(mean(scores.in())));
        double top = Math.max(most(scores.in(), in), most(scores.out(), out));
        top = Math.max(top, 0.42 * scores.width());
        bars(markup, scores.out(), out, top, "synthetic");
        bars(markup, scores.in(), in, top, "real");
        curve(markup, 0, top, "synthetic");
        curve(markup, scores.mu(), top, "real");
        markup.empty("line", "class", "axis", "x1", "0", "x2", number(WIDTH), "y1", number(BASE), "y2", number(BASE));
        for (int tick = (int) Math.ceil(scores.start()); tick <= end(); tick++) {
            markup.element(
                    "text",
                    Integer.toString(tick),
                    "x",
                    number(x(tick)),
                    "y",
                    number(BASE + 18),
                    "text-anchor",
                    "middle");
        }
        markup.close().close().close();
    }

    private void bars(Markup markup, List<Integer> counts, int total, double top, String side) {
        for (int cell = 0; cell < counts.size(); cell++) {
            double share = total == 0 ? 0 : counts.get(cell) / (double) total;
            if (share > 0) {
                double y = y(share, top);
                markup.empty(
                        "rect",
                        "class",
                        side + " score",
                        "x",
                        number(x(scores.start() + cell * scores.width()) + 0.5),
                        "y",
                        number(y),
                        "width",
                        number(WIDTH / counts.size() - 1),
                        "height",
                        number(BASE - y));
            }
        }
    }

    private void curve(Markup markup, double mean, double top, String side) {
        StringBuilder points = new StringBuilder();
        for (int step = 0; step <= CURVE_STEPS; step++) {
            double z = scores.start() + step * (end() - scores.start()) / CURVE_STEPS;
            double share = scores.width() * Math.exp(-(z - mean) * (z - mean) / 2) / Math.sqrt(2 * Math.PI);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(z), y(share, top)));
        }
        markup.empty(
                "polyline",
                "class",
                "score " + side,
                "points",
                points.toString().strip());
    }

    private double end() {
        return scores.start() + scores.in().size() * scores.width();
    }

    private double x(double score) {
        return (score - scores.start()) / (end() - scores.start()) * WIDTH;
    }

    private static double y(double share, double top) {
        return BASE - share / top * (BASE - TOP);
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    private static double most(List<Integer> counts, int total) {
        return counts.stream().mapToInt(Integer::intValue).max().orElse(0) / (double) Math.max(1, total);
    }

    /** The mean score, computed from the middles of the cells. */
    private double mean(List<Integer> counts) {
        double sum = 0;
        for (int cell = 0; cell < counts.size(); cell++) {
            sum += counts.get(cell) * (scores.start() + (cell + 0.5) * scores.width());
        }
        return sum / Math.max(1, sum(counts));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
