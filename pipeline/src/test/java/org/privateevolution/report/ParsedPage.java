package org.privateevolution.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** A page of a report, read as XML. */
record ParsedPage(String html, Document document) {

    static ParsedPage of(String html) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return new ParsedPage(html, factory.newDocumentBuilder().parse(new InputSource(new StringReader(html))));
    }

    List<Element> elements(String name) {
        return IntStream.range(0, document.getElementsByTagName(name).getLength())
                .mapToObj(i -> (Element) document.getElementsByTagName(name).item(i))
                .toList();
    }

    List<String> texts(String name) {
        return elements(name).stream().map(Node::getTextContent).toList();
    }

    /** What every page promises to those who read, print, listen to or tab through it. */
    void requireGoodManners() {
        assertThat(html).startsWith("<!DOCTYPE html>").contains("<meta charset=\"utf-8\"");
        assertThat(html).doesNotContain("http", "url(", "@import", "src=\"//", "<script", "<link");
        assertThat(elements("img"))
                .allSatisfy(image -> assertThat(image.getAttribute("src")).startsWith("data:image/png;base64,"))
                .allSatisfy(image -> assertThat(image.getAttribute("alt")).isNotBlank());
        assertThat(texts("style")).singleElement().asString().contains("@media print", "break-inside: avoid");
        requireHeadingsInOrder();
        assertThat(elements("svg")).allSatisfy(svg -> {
            assertThat(svg.getAttribute("role")).isEqualTo("img");
            assertThat(svg.getFirstChild().getNodeName()).isEqualTo("title");
            assertThat(svg.getFirstChild().getTextContent()).isNotEmpty();
            assertThat(svg.getFirstChild().getNextSibling().getNodeName()).isEqualTo("desc");
        });
        assertThat(elements("table"))
                .allSatisfy(
                        table -> assertThat(table.getFirstChild().getNodeName()).isEqualTo("caption"));
        assertThat(elements("th"))
                .allSatisfy(header -> assertThat(header.getAttribute("scope")).isIn("col", "row"));
        requireAnchors();
    }

    private void requireHeadingsInOrder() {
        assertThat(elements("h1")).hasSize(1);
        int before = 0;
        for (Element element : elements("*")) {
            if (element.getTagName().matches("h[1-6]")) {
                int level = element.getTagName().charAt(1) - '0';
                assertThat(level).as(element.getTextContent()).isBetween(1, before + 1);
                before = level;
            }
        }
    }

    /** Each id is there once, and what refers to one finds it. */
    private void requireAnchors() {
        Set<String> ids = new HashSet<>();
        for (Element element : elements("*")) {
            if (element.hasAttribute("id")) {
                assertThat(ids.add(element.getAttribute("id")))
                        .as(element.getAttribute("id"))
                        .isTrue();
            }
        }
        for (Element element : elements("*")) {
            if (element.hasAttribute("aria-labelledby")) {
                assertThat(ids).contains(element.getAttribute("aria-labelledby").split(" "));
            }
            if (element.getTagName().equals("a")) {
                assertThat(element.getAttribute("href")).startsWith("#");
                assertThat(ids).contains(element.getAttribute("href").substring(1));
            }
        }
    }
}
