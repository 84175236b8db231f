package org.privateevolution.report;

import org.privateevolution.model.Evaluation.Figure;

/** Draws a figure as a bar from 0, with a mark at the figure of a second real sample. */
record AttainableBar(Figure figure) {

    private static final double WIDTH = 240;
    private static final double HEIGHT = 22;
    private static final double BAR_TOP = 5;
    private static final double BAR_HEIGHT = 12;
    private static final double MARK = 3;

    /** Draws the bar; the figure must have an attainable value to compare with. */
    void draw(Markup markup) {
        double attainable = figure.attainable().orElseThrow();
        double most = Math.max(figure.value(), attainable);
        markup.openSvg(
                WIDTH,
                HEIGHT,
                figure.measure().title() + " beside a second real sample",
                ReportNumbers.figure(figure.value()) + ", and a second real sample attains "
                        + ReportNumbers.figure(attainable) + "; "
                        + (figure.measure().higherIsBetter() ? "higher is better" : "lower is better"));
        markup.rectangle("track", 0, BAR_TOP, WIDTH, BAR_HEIGHT);
        markup.rectangle("synthetic", 0, BAR_TOP, length(figure.value(), most), BAR_HEIGHT);
        markup.rectangle("mark", length(attainable, most), 0, MARK, HEIGHT);
        markup.close();
    }

    /** A negative figure has no bar. The largest figure takes the full width, even if it is infinite. */
    private static double length(double value, double most) {
        if (value <= 0) {
            return 0;
        }
        return (WIDTH - MARK) * (value == most ? 1 : value / most);
    }
}
