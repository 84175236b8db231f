package org.privateevolution.jobs;

/** Shows the progress of a run in a notebook. */
public interface NotebookProgress {

    /** Shows a line: the seconds since the start, followed by a stage that begins or by a notice. */
    void line(String text);
}
