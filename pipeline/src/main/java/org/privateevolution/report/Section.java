package org.privateevolution.report;

/** The part of a page that answers one question. */
interface Section {

    /** Its anchor, unique in a page. */
    String id();

    /** What it is called in the navigation: a word or two. */
    String shortName();

    /** The heading: what the reader wants to know. */
    String question();

    /** Writes what stands below the heading. */
    void write(Sheet sheet);
}
