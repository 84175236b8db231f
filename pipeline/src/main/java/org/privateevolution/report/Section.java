package org.privateevolution.report;

/** The part of a page that answers one question. */
interface Section {

    /** The section's anchor, unique in a page. */
    String id();

    /** The section's name in the navigation: a word or two. */
    String shortName();

    /** The heading: what the reader wants to know. */
    String question();

    /** Writes the content below the heading. */
    void write(Sheet sheet);
}
