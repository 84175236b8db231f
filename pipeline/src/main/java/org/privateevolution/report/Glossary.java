package org.privateevolution.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Explains the numbers of a page: next to each number, folded, and again at the end of the page, where the explanations
 * are printed, too.
 */
final class Glossary {

    private final Map<String, String> told = new LinkedHashMap<>();

    /** Explains the numbers that were just written. */
    void explain(Markup markup, List<Term> terms) {
        terms.forEach(term -> told.put(term.name(), term.meaning()));
        markup.open("details", "class", "what").open("summary");
        if (terms.size() == 1) {
            // Several of these stand side by side; the term tells them apart for screen readers.
            markup.text("What is this?").element("span", " " + terms.get(0).name(), "class", "unseen");
        } else {
            markup.text("What are these numbers?");
        }
        markup.close();
        if (terms.size() == 1) {
            markup.element("p", terms.get(0).meaning());
        } else {
            markup.open("dl");
            terms.forEach(term -> write(markup, term.name(), term.meaning()));
            markup.close();
        }
        markup.close();
    }

    /** Writes all explanations in the order in which they first appeared. */
    void write(Markup markup) {
        markup.open("dl", "class", "glossary");
        told.forEach((name, meaning) -> write(markup, name, meaning));
        markup.close();
    }

    private static void write(Markup markup, String name, String meaning) {
        markup.open("div").element("dt", name).element("dd", meaning).close();
    }
}
