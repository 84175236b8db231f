package org.privateevolution.spark.evaluation;

import java.io.Serializable;

/**
 * Which rows of a table.
 *
 * @param share of the rows, or of the clients that they belong to
 * @param others all rows but these
 */
record Part(double share, boolean others) implements Serializable {

    static final Part ALL = new Part(1, false);

    boolean holds(Chances chances) {
        return (chances.choice() < share) != others;
    }
}
