package org.privateevolution.report;

import java.io.StringWriter;
import java.util.Base64;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes HTML that is also well-formed XML, with all texts and attributes escaped. */
final class Markup {

    /** Replaces characters that XML does not allow: most control characters and unpaired surrogates. */
    private static final int REPLACEMENT = 0xFFFD;

    private final StringWriter content = new StringWriter();
    private final XMLStreamWriter writer;
    private int drawings;

    Markup() {
        try {
            // the JDK's own factory: another one on the class path may close empty elements in a way that HTML does not
            // read
            this.writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(content);
            writer.writeDTD("<!DOCTYPE html>");
        } catch (XMLStreamException failure) {
            throw new IllegalStateException("a string takes whatever is written", failure);
        }
    }

    /** Opens an element; attributes are given as name, value, name, value. */
    Markup open(String name, String... attributes) {
        return write(() -> {
            writer.writeStartElement(name);
            writeAttributes(attributes);
        });
    }

    /** Closes the element that was opened last. */
    Markup close() {
        return write(() -> {
            // an empty text keeps an element without content from being written as self-closing
            writer.writeCharacters("");
            writer.writeEndElement();
        });
    }

    /** Writes an element without content that HTML allows to be self-closing: meta, or anything in SVG. */
    Markup empty(String name, String... attributes) {
        return write(() -> {
            writer.writeEmptyElement(name);
            writeAttributes(attributes);
        });
    }

    /** Writes an element that contains only a text. */
    Markup element(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close();
    }

    Markup text(String text) {
        return write(() -> writer.writeCharacters(legal(text)));
    }

    /** Opens a drawing, which screen readers treat as one picture. */
    Markup openSvg(double width, double height, String title, String description) {
        String id = "drawing-" + ++drawings;
        open(
                "svg",
                "viewBox",
                String.format(Locale.ROOT, "0 0 %.0f %.0f", width, height),
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-text");
        return element("title", title, "id", id + "-title").element("desc", description, "id", id + "-text");
    }

    /** Writes a rectangle of a drawing. */
    Markup rectangle(String kind, double x, double y, double width, double height) {
        return empty(
                "rect",
                "class",
                kind,
                "x",
                coordinate(x),
                "y",
                coordinate(y),
                "width",
                coordinate(width),
                "height",
                coordinate(height));
    }

    /** Writes a picture that is embedded in the document. */
    Markup picture(String description, byte[] png) {
        String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
        return empty("img", "alt", description, "src", data);
    }

    /** Formats a position or length in a drawing. */
    static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** The whole document. */
    String document() {
        return write(writer::flush).content.toString();
    }

    private void writeAttributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            writer.writeAttribute(attributes[i], legal(attributes[i + 1]));
        }
    }

    private Markup write(Step step) {
        try {
            step.run();
        } catch (XMLStreamException failure) {
            throw new IllegalStateException("elements must be opened before they are closed", failure);
        }
        return this;
    }

    private static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().map(c -> isLegal(c) ? c : REPLACEMENT).forEach(legal::appendCodePoint);
        return legal.toString();
    }

    /** The characters of XML 1.0, section 2.2. */
    private static boolean isLegal(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c < 0xD800)
                || (c >= 0xE000 && c < 0xFFFE)
                || c >= 0x10000;
    }

    private interface Step {
        void run() throws XMLStreamException;
    }
}
