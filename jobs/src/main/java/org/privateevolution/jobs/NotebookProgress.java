package org.privateevolution.jobs;

/** Shows how a run goes, where a notebook's reader sees it. */
public interface NotebookProgress {

    /** Shows a line: a stage that begins, or a notice, after the seconds since the start. */
    void line(String text);
}
