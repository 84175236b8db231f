package org.privateevolution.report;

import java.util.List;
import java.util.function.Consumer;

/**
 * A table with a caption. If it is wider than the page it scrolls on its own, also by keyboard.
 *
 * @param columns headers
 * @param rows for each row, what writes the content of each cell
 * @param names number of columns, from the first, that name the rows; if above 0, the other columns are numbers
 */
record DataTable(String caption, List<String> columns, List<List<Consumer<Markup>>> rows, int names) {

    /** Longer tables are folded. */
    private static final int SHOWN_ROWS = 12;

    /** More columns of data do not fit side by side on a page. */
    private static final int FITS_ON_PAPER = 12;

    /** Longer cells may break. */
    private static final int LONG = 36;

    /** A table of numbers with rows named by the first column. */
    static DataTable ofTexts(String caption, List<String> columns, List<List<String>> rows) {
        return ofTexts(caption, columns, rows, 1);
    }

    /** A table of numbers with rows named by the first {@code names} columns. */
    static DataTable ofTexts(String caption, List<String> columns, List<List<String>> rows, int names) {
        return new DataTable(
                caption,
                columns,
                rows.stream()
                        .map(row -> row.stream().map(DataTable::text).toList())
                        .toList(),
                names);
    }

    /** A cell that holds a text. */
    static Consumer<Markup> text(String text) {
        return markup -> markup.text(text);
    }

    /** Writes the table; a long one is folded behind a line that opens it. */
    void write(Sheet sheet) {
        Markup markup = sheet.markup();
        boolean folded = rows.size() > SHOWN_ROWS;
        if (folded) {
            markup.open("details").element("summary", caption + " (" + ReportNumbers.count(rows.size()) + " rows)");
        }
        write(markup);
        if (folded) {
            markup.close();
        }
    }

    /** Writes the table unfolded. */
    void write(Markup markup) {
        // On paper, numbers stay together; data may continue on the next page.
        String box = names > 0 ? "scroll whole" : "scroll";
        markup.open("div", "class", box, "tabindex", "0", "role", "group", "aria-label", caption);
        String kind = names > 0 ? "numbers" : columns.size() > FITS_ON_PAPER ? "many" : "some";
        markup.open("table", "class", kind).element("caption", caption);
        markup.open("thead").open("tr");
        for (int i = 0; i < columns.size(); i++) {
            markup.element("th", columns.get(i), "scope", "col", "class", i < names ? "name" : "value");
        }
        markup.close().close().open("tbody");
        for (List<Consumer<Markup>> row : rows) {
            markup.open("tr");
            for (int i = 0; i < row.size(); i++) {
                if (i < names) {
                    markup.open("th", "scope", "row");
                } else if (kind.equals("many")) {
                    // If the columns do not fit side by side, each cell names its column.
                    markup.open("td", "data-column", columns.get(i));
                } else {
                    markup.open("td");
                }
                row.get(i).accept(markup);
                markup.close();
            }
            markup.close();
        }
        markup.close().close().close();
    }

    /** A cell with data: null differs from an empty text, and a long text may break. */
    static Consumer<Markup> value(String text) {
        if (text == null) {
            return markup -> markup.element("i", "null");
        }
        return text.length() > LONG ? markup -> markup.element("div", text, "class", "long") : text(text);
    }
}
