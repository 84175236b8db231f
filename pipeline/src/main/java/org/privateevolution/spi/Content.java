package org.privateevolution.spi;

/** The kind of samples that a run makes. */
public enum Content {
    /** Rows of a table: {@link org.privateevolution.model.TableRow}. */
    ROWS,
    /** {@link org.privateevolution.model.Text}. */
    TEXTS,
    /** {@link org.privateevolution.model.Image}. */
    IMAGES
}
