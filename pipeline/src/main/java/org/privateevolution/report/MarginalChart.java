package org.privateevolution.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.Cell;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.model.MarginalComparison.Numbers;

/**
 * The marginal of one column as pairs of bars: horizontal for categories, vertical for numbers.
 *
 * @param compared what the first bar of each pair shows: real or released
 */
record MarginalChart(ColumnMarginal marginal, String compared) {

    /** Beyond this number, the smallest categories are combined into one. */
    static final int SHOWN_CATEGORIES = 12;

    private static final double WIDTH = 320;
    private static final double LABEL_WIDTH = 116;
    private static final double FIGURE_WIDTH = 46;
    private static final double ROW_HEIGHT = 29;
    private static final double BAR = 10;
    private static final int LABEL_LENGTH = 19;

    private static final double PLOT_TOP = 14;
    private static final double PLOT_HEIGHT = 110;
    private static final double AXIS_HEIGHT = 18;
    private static final double NULL_GAP = 10;
    private static final double NULL_TEXT_WIDTH = 28;

    void draw(Markup markup) {
        marginal.numbers().ifPresentOrElse(numbers -> drawStanding(markup, numbers), () -> drawLying(markup));
    }

    private void drawLying(Markup markup) {
        List<Cell> cells = shownCategories();
        double top = top(cells);
        openSvg(markup, cells.size() * ROW_HEIGHT);
        double plot = WIDTH - LABEL_WIDTH - FIGURE_WIDTH;
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            double y = i * ROW_HEIGHT + 3;
            markup.open("g").element("title", describe(cell));
            markup.element(
                    "text",
                    shortened(cell.text()),
                    "class",
                    "label",
                    "x",
                    Markup.coordinate(LABEL_WIDTH - 8),
                    "y",
                    Markup.coordinate(y + BAR + 4),
                    "text-anchor",
                    "end");
            lyingBar(markup, "real", cell.real(), y, plot * cell.real() / top);
            lyingBar(markup, "synthetic", cell.synthetic(), y + BAR + 2, plot * cell.synthetic() / top);
            markup.close();
        }
        markup.close();
    }

    private static void lyingBar(Markup markup, String kind, double share, double y, double length) {
        markup.rectangle(kind, LABEL_WIDTH, y, length, BAR);
        markup.element(
                "text",
                ReportNumbers.percent(share),
                "class",
                "figure",
                "x",
                Markup.coordinate(LABEL_WIDTH + length + 4),
                "y",
                Markup.coordinate(y + BAR - 1.5));
    }

    private void drawStanding(Markup markup, Numbers numbers) {
        List<Cell> cells = marginal.cells();
        int last = cells.size() - 1;
        boolean nulls = cells.get(last).text().equals(MarginalComparison.NULL_CELL);
        double top = top(cells);
        double gap = nulls ? NULL_GAP : 0;
        double width = (WIDTH - gap) / cells.size();
        openSvg(markup, PLOT_TOP + PLOT_HEIGHT + AXIS_HEIGHT);
        double base = PLOT_TOP + PLOT_HEIGHT;
        String topLine = Markup.coordinate(PLOT_TOP);
        markup.empty("line", "class", "grid", "x1", "0", "x2", Markup.coordinate(WIDTH), "y1", topLine, "y2", topLine);
        markup.element(
                "text", ReportNumbers.percent(top), "class", "figure", "x", "0", "y", Markup.coordinate(PLOT_TOP - 4));
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            double x = i * width + (nulls && i == last ? gap : 0);
            double bar = width * 0.42;
            double real = PLOT_HEIGHT * cell.real() / top;
            double synthetic = PLOT_HEIGHT * cell.synthetic() / top;
            markup.open("g").element("title", describe(cell));
            markup.rectangle("real", x + width * 0.06, base - real, bar, real);
            markup.rectangle("synthetic", x + width * 0.06 + bar, base - synthetic, bar, synthetic);
            markup.close();
        }
        markup.empty(
                "line",
                "class",
                "axis",
                "x1",
                "0",
                "x2",
                Markup.coordinate(WIDTH),
                "y1",
                Markup.coordinate(base),
                "y2",
                Markup.coordinate(base));
        axisText(markup, numbers.min(), 0, "start");
        if (nulls) {
            axisText(markup, numbers.max(), WIDTH - NULL_TEXT_WIDTH, "end");
            axisText(markup, "null", WIDTH, "end");
        } else {
            axisText(markup, numbers.max(), WIDTH, "end");
        }
        markup.close();
    }

    private static void axisText(Markup markup, String text, double x, String anchor) {
        markup.element(
                "text",
                text,
                "class",
                "label",
                "x",
                Markup.coordinate(x),
                "y",
                Markup.coordinate(PLOT_TOP + PLOT_HEIGHT + AXIS_HEIGHT - 4),
                "text-anchor",
                anchor);
    }

    private void openSvg(Markup markup, double height) {
        markup.openSvg(
                WIDTH,
                height,
                "Shares of " + marginal.column() + ", " + compared + " against synthetic",
                shownCategories().stream().map(this::describe).collect(Collectors.joining("; ")));
    }

    /** All categories in their order, or the largest ones followed by the sum of the others. */
    private List<Cell> shownCategories() {
        List<Cell> cells = marginal.cells();
        if (cells.size() <= SHOWN_CATEGORIES) {
            return cells;
        }
        List<Cell> largest = cells.stream()
                .sorted(Comparator.comparingDouble((Cell cell) -> -Math.max(cell.real(), cell.synthetic())))
                .limit(SHOWN_CATEGORIES - 1)
                .toList();
        double smallest = largest.stream()
                .mapToDouble(cell -> Math.max(cell.real(), cell.synthetic()))
                .min()
                .orElseThrow();
        List<Cell> shown = new ArrayList<>();
        double realRest = 0;
        double syntheticRest = 0;
        for (Cell cell : cells) {
            if (shown.size() < SHOWN_CATEGORIES - 1 && Math.max(cell.real(), cell.synthetic()) >= smallest) {
                shown.add(cell);
            } else {
                realRest += cell.real();
                syntheticRest += cell.synthetic();
            }
        }
        shown.add(new Cell((cells.size() - shown.size()) + " others", realRest, syntheticRest));
        return shown;
    }

    private static double top(List<Cell> cells) {
        double top = cells.stream()
                .mapToDouble(cell -> Math.max(cell.real(), cell.synthetic()))
                .max()
                .orElse(0);
        return top == 0 ? 1 : top;
    }

    private String describe(Cell cell) {
        return cell.text() + ": " + compared + " " + ReportNumbers.percent(cell.real()) + ", synthetic "
                + ReportNumbers.percent(cell.synthetic());
    }

    private static String shortened(String text) {
        int points = text.codePointCount(0, text.length());
        return points <= LABEL_LENGTH ? text : text.substring(0, text.offsetByCodePoints(0, LABEL_LENGTH - 1)) + "…";
    }
}
