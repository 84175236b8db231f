package org.privateevolution.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the numbers of a page are: told where they stand, to be opened, and once more at the end of the page, where paper
 * shows it, too.
 */
final class Glossary {

    private final Map<String, String> told = new LinkedHashMap<>();

    /** Tells what the numbers that were just written are. */
    void explain(Markup markup, List<Term> terms) {
        terms.forEach(term -> told.put(term.name(), term.meaning()));
        markup.open("details", "class", "what").open("summary");
        if (terms.size() == 1) {
            // Several of these stand beside each other: a screen reader tells them apart.
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

    /** All that was explained, in the order in which it appeared. */
    void write(Markup markup) {
        markup.open("dl", "class", "glossary");
        told.forEach((name, meaning) -> write(markup, name, meaning));
        markup.close();
    }

    private static void write(Markup markup, String name, String meaning) {
        markup.open("div").element("dt", name).element("dd", meaning).close();
    }
}
