package org.privateevolution.report;

import java.util.List;

/** The markup of a page, with the elements that all sections use. */
final class Sheet {

    private final Markup markup;
    private final Glossary glossary;

    Sheet(Markup markup, Glossary glossary) {
        this.markup = markup;
        this.glossary = glossary;
    }

    Markup markup() {
        return markup;
    }

    /** Writes the heading of a part of the section. */
    Sheet heading(String text) {
        markup.element("h3", text);
        return this;
    }

    Sheet paragraph(String text) {
        markup.element("p", text);
        return this;
    }

    Sheet muted(String text) {
        markup.element("p", text, "class", "muted");
        return this;
    }

    /** Writes the warning above everything that was drawn from the private data. */
    Sheet outside(String text) {
        markup.open("p", "class", "warning");
        markup.element("strong", "Outside the guarantee. ").text(text).close();
        return this;
    }

    Sheet explain(Term... terms) {
        return explain(List.of(terms));
    }

    Sheet explain(List<Term> terms) {
        glossary.explain(markup, terms);
        return this;
    }

    /** Writes the most important numbers, each with its explanation. */
    Sheet figures(List<BigFigure> figures) {
        markup.open("div", "class", "figures");
        for (BigFigure figure : figures) {
            markup.open("div", "class", "figure");
            markup.open("p")
                    .element("span", figure.term().name())
                    .text(" ")
                    .element("b", figure.value())
                    .close();
            explain(figure.term());
            markup.close();
        }
        markup.close();
        return this;
    }

    record BigFigure(Term term, String value) {}
}
