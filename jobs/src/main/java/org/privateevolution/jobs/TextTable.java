package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;

/** Rows of texts in aligned columns. The last column is wrapped where a line would be longer than the terminal. */
final class TextTable {

    private static final int GAP = 2;

    /** Smallest width of the last column. */
    private static final int NARROWEST = 20;

    private final List<List<String>> rows = new ArrayList<>();

    TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** Number of characters of the longest line, without wrapping. */
    int width() {
        return text(Integer.MAX_VALUE).lines().mapToInt(String::length).max().orElse(0);
    }

    @Override
    public String toString() {
        return text(LineWidth.ofMessages());
    }

    private String text(int columns) {
        List<Integer> starts = starts();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            int last = row.size() - 1;
            for (int i = 0; i < last; i++) {
                line.append(row.get(i))
                        .append(" "
                                .repeat(starts.get(i + 1)
                                        - starts.get(i)
                                        - row.get(i).length()));
            }
            int start = starts.get(last);
            int room = last > 0 && columns - start >= NARROWEST ? columns - start : Integer.MAX_VALUE;
            String separator = System.lineSeparator() + " ".repeat(start);
            line.append(String.join(separator, WrappedText.lines(row.get(last), room)));
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    /** Where each column begins. */
    private List<Integer> starts() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).length() + GAP;
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        List<Integer> starts = new ArrayList<>();
        int start = 0;
        for (int width : widths) {
            starts.add(start);
            start += width;
        }
        return starts;
    }
}
