package org.privateevolution.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.privateevolution.report.RunComparison.ComparedFigure;

/**
 * One figure of several runs, one bar each.
 *
 * @param runs labels of the bars
 */
record RunBars(ComparedFigure figure, List<String> runs) {

    private static final double WIDTH = 320;
    private static final double LABEL_WIDTH = 96;
    private static final double FIGURE_WIDTH = 56;
    private static final double ROW_HEIGHT = 19;
    private static final double BAR = 12;
    private static final int LABEL_LENGTH = 16;

    void draw(Markup markup) {
        double most = figure.known().stream().mapToDouble(Math::abs).max().orElse(0);
        markup.openSvg(WIDTH, runs.size() * ROW_HEIGHT, figure.metric() + " of each run", description());
        for (int i = 0; i < runs.size(); i++) {
            double y = i * ROW_HEIGHT + 3;
            text(markup, "label", shortened(runs.get(i)), LABEL_WIDTH - 8, y, "end");
            OptionalDouble value = figure.values().get(i);
            double size = value.isEmpty() || most == 0 ? 0 : Math.abs(value.getAsDouble()) / most;
            double length = size * (WIDTH - LABEL_WIDTH - FIGURE_WIDTH);
            // A bar does not show the sign; the number next to it does.
            markup.rectangle(value.orElse(0) < 0 ? "below" : "synthetic", LABEL_WIDTH, y, length, BAR);
            text(markup, "figure", written(value), LABEL_WIDTH + length + 4, y, "start");
        }
        markup.close();
    }

    private String description() {
        return IntStream.range(0, runs.size())
                .mapToObj(i -> runs.get(i) + ": " + written(figure.values().get(i)))
                .collect(Collectors.joining("; "));
    }

    static String written(OptionalDouble value) {
        return value.isPresent() ? ReportNumbers.figure(value.getAsDouble()) : "–";
    }

    private static void text(Markup markup, String kind, String text, double x, double y, String anchor) {
        markup.element(
                "text",
                text,
                "class",
                kind,
                "x",
                Markup.coordinate(x),
                "y",
                Markup.coordinate(y + BAR - 2),
                "text-anchor",
                anchor);
    }

    private static String shortened(String text) {
        int points = text.codePointCount(0, text.length());
        // The end of a name distinguishes repeated runs.
        return points <= LABEL_LENGTH
                ? text
                : "…" + text.substring(text.offsetByCodePoints(0, points - LABEL_LENGTH + 1));
    }
}
