package org.privateevolution.spark.evaluation;

import java.io.Serializable;

/**
 * Selects rows of a table at random.
 *
 * @param share share of the rows, or of the clients that they belong to
 * @param others whether to select all other rows instead
 */
record Part(double share, boolean others) implements Serializable {

    static final Part ALL = new Part(1, false);

    boolean holds(Chances chances) {
        return (chances.choice() < share) != others;
    }
}
