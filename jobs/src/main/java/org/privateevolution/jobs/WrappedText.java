package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines that fit the terminal. */
final class WrappedText {

    private WrappedText() {}

    /**
     * Breaks a text at its blanks. A text that fits stays as it is.
     *
     * @param columns largest number of characters of a line with more than one word
     * @return at least one line
     */
    static List<String> lines(String text, int columns) {
        if (text.length() <= columns) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" +")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /**
     * Breaks a message into lines of {@link LineWidth#ofMessages}, each with a line break; all but the first are
     * indented.
     */
    static String message(String text, int indent) {
        String separator = System.lineSeparator() + " ".repeat(indent);
        return String.join(separator, lines(text, LineWidth.ofMessages() - indent)) + System.lineSeparator();
    }
}
