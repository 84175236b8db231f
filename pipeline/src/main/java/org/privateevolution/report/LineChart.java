package org.privateevolution.report;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * One figure over votes, iterations or releases, as a small line chart that starts at zero.
 *
 * @param least smallest value for the top of the chart
 * @param text formats a value
 */
record LineChart(String title, List<Double> values, double least, DoubleFunction<String> text) {

    private static final double WIDTH = 240;
    private static final double HEIGHT = 64;
    private static final double MARGIN = 5;

    /** Draws the line, with the last value next to the title; there must be at least one value. */
    void draw(Markup markup) {
        double last = values.get(values.size() - 1);
        double top =
                Math.max(values.stream().mapToDouble(Double::doubleValue).max().orElseThrow(), least);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y(values.get(i), top)));
        }
        markup.open("figure", "class", "line")
                .open("figcaption")
                .element("span", title)
                .element("b", text.apply(last))
                .close();
        markup.openSvg(
                WIDTH,
                HEIGHT,
                title,
                values.size() == 1
                        ? text.apply(last)
                        : values.size() + " values, from " + text.apply(values.get(0)) + " to " + text.apply(last)
                                + ", at most "
                                + text.apply(values.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .max()
                                        .orElseThrow()));
        String base = number(HEIGHT - MARGIN);
        markup.empty("line", "class", "axis", "x1", "0", "x2", number(WIDTH), "y1", base, "y2", base);
        markup.empty("polyline", "points", points.toString().strip());
        markup.empty("circle", "cx", number(x(values.size() - 1)), "cy", number(y(last, top)), "r", "3.5");
        markup.close().close();
    }

    private double x(int index) {
        return values.size() == 1 ? WIDTH / 2 : MARGIN + index * (WIDTH - 2 * MARGIN) / (values.size() - 1);
    }

    private static double y(double value, double top) {
        double share = top > 0 ? Math.max(value, 0) / top : 0;
        return HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
