package org.privateevolution.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Associations of columns as coloured squares: one colour above 0, another below, none at 0.
 *
 * @param names of rows and columns
 * @param values row by row
 * @param full the absolute value that gets the full colour; greater than 0
 */
record HeatMap(String title, List<String> names, List<List<Double>> values, double full) {

    private static final double CELL = 24;
    private static final double LABELS = 96;
    private static final int LABEL_LENGTH = 15;
    /** With more columns than this, numbers do not fit into the squares. */
    private static final int NUMBERED = 12;

    private static final double STRONGEST = 0.75;

    void draw(Markup markup) {
        int size = names.size();
        double side = LABELS + size * CELL;
        markup.open("figure", "class", "card heat").open("figcaption").element("b", title);
        markup.text(" ")
                .element("span", "full colour at ±" + ReportNumbers.figure(full))
                .close();
        markup.openSvg(side, side, title, description());
        for (int row = 0; row < size; row++) {
            label(markup, row, LABELS - 6, LABELS + row * CELL + CELL * 0.65, "end", "");
            double x = LABELS + row * CELL + CELL * 0.65;
            String turned = String.format(Locale.ROOT, "rotate(-90 %.1f %.1f)", x, LABELS - 6);
            label(markup, row, x, LABELS - 6, "start", turned);
            for (int column = 0; column < size; column++) {
                cell(markup, row, column);
            }
        }
        markup.close().close();
    }

    private void label(Markup markup, int index, double x, double y, String anchor, String transform) {
        markup.element(
                "text",
                shortened(names.get(index)),
                "class",
                "label",
                "x",
                number(x),
                "y",
                number(y),
                "text-anchor",
                anchor,
                "transform",
                transform);
    }

    private void cell(Markup markup, int row, int column) {
        double value = values.get(row).get(column);
        double x = LABELS + column * CELL;
        double y = LABELS + row * CELL;
        markup.open("g")
                .element("title", names.get(row) + ", " + names.get(column) + ": " + ReportNumbers.distance(value));
        markup.empty(
                "rect",
                "class",
                value < 0 ? "below" : "above",
                "x",
                number(x),
                "y",
                number(y),
                "width",
                number(CELL - 1),
                "height",
                number(CELL - 1),
                "fill-opacity",
                String.format(Locale.ROOT, "%.3f", STRONGEST * Math.min(1, Math.abs(value) / full)));
        if (names.size() <= NUMBERED) {
            String rounded =
                    String.format(Locale.ROOT, "%.2f", value).replace("0.", ".").replace("-.00", ".00");
            markup.element(
                    "text",
                    rounded,
                    "class",
                    "cell",
                    "x",
                    number(x + (CELL - 1) / 2),
                    "y",
                    number(y + CELL * 0.62),
                    "text-anchor",
                    "middle");
        }
        markup.close();
    }

    /** Describes the strongest pair; for the others, screen readers have the table. */
    private String description() {
        int size = names.size();
        int strongest = IntStream.range(0, size * size)
                .filter(cell -> cell / size < cell % size)
                .reduce((a, b) -> size(b) > size(a) ? b : a)
                .orElse(0);
        return size + " columns; strongest between " + names.get(strongest / size) + " and "
                + names.get(strongest % size) + ": " + ReportNumbers.distance(at(strongest));
    }

    private double at(int cell) {
        return values.get(cell / names.size()).get(cell % names.size());
    }

    private double size(int cell) {
        return Math.abs(at(cell));
    }

    private static String shortened(String text) {
        int points = text.codePointCount(0, text.length());
        return points <= LABEL_LENGTH ? text : text.substring(0, text.offsetByCodePoints(0, LABEL_LENGTH - 1)) + "…";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
