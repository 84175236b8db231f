package org.privateevolution.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A self-contained HTML file: no script, no font, nothing from the network. It is also well-formed XML. On paper, each
 * section starts on a new page.
 *
 * @param kicker the kind of page, shown above the title
 * @param notice who may see the file
 * @param summary the essentials, for a reader who stops there
 */
record Page(String kicker, String title, Notice notice, List<String> summary, List<Section> sections) {

    private static final String GLOSSARY = "numbers";

    /**
     * Who may see the file.
     *
     * @param warns whether the file must not be shared freely
     */
    record Notice(String lead, String text, boolean warns) {

        static Notice publishable() {
            return new Notice(
                    "This file may be published. ",
                    "Everything in it was computed from the releases under the guarantee and from the configuration.",
                    false);
        }

        static Notice confidential(String text) {
            return new Notice("Private: do not publish this file. ", text, true);
        }
    }

    /** The document, to be written as UTF-8. */
    String document() {
        Markup markup = new Markup();
        Sheet sheet;
        markup.open("html", "lang", "en");
        head(markup, title + ": " + kicker, "report.css");
        markup.open("body").element("a", "Skip to the content", "class", "skip", "href", "#content");
        header(markup);
        navigation(markup);
        Glossary glossary = new Glossary();
        sheet = new Sheet(markup, glossary);
        markup.open("main", "id", "content", "tabindex", "-1");
        for (Section section : sections) {
            open(markup, section.id(), section.question());
            section.write(sheet);
            markup.close();
        }
        open(markup, GLOSSARY, "What the numbers are");
        glossary.write(markup);
        markup.close().close().close().close();
        return markup.document();
    }

    /** Writes the head that all pages share. */
    static void head(Markup markup, String title, String... stylesheets) {
        markup.open("head").empty("meta", "charset", "utf-8");
        markup.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        markup.empty("meta", "name", "color-scheme", "content", "light dark");
        markup.element("title", title);
        markup.element("style", Arrays.stream(stylesheets).map(Page::resource).collect(Collectors.joining()))
                .close();
    }

    private void header(Markup markup) {
        markup.open("header").element("p", kicker, "class", "kicker").element("h1", title);
        markup.open("div", "class", "summary");
        summary.forEach(line -> markup.element("p", line));
        markup.close();
        markup.open("p", "class", notice.warns() ? "warning" : "open");
        markup.element("strong", notice.lead()).text(notice.text()).close().close();
    }

    private void navigation(Markup markup) {
        markup.open("nav", "aria-label", "Questions").open("ul");
        sections.forEach(section -> link(markup, section.id(), section.shortName()));
        link(markup, GLOSSARY, "Numbers");
        markup.close().close();
    }

    private static void link(Markup markup, String id, String name) {
        markup.open("li").element("a", name, "href", "#" + id).close();
    }

    private static void open(Markup markup, String id, String heading) {
        markup.open("section", "id", id, "aria-labelledby", id + "-heading");
        markup.element("h2", heading, "id", id + "-heading");
    }

    private static String resource(String file) {
        try (InputStream css = Page.class.getResourceAsStream(file)) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " is missing from the jar", failure);
        }
    }
}
