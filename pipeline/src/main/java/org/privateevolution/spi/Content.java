package org.privateevolution.spi;

/** What the samples of a run are. */
public enum Content {
    /** Rows of a table: {@link org.privateevolution.model.TableRow}. */
    ROWS,
    /** {@link org.privateevolution.model.Text}. */
    TEXTS,
    /** {@link org.privateevolution.model.Image}. */
    IMAGES
}
