package org.privateevolution.table;

import java.util.random.RandomGenerator;
import org.privateevolution.model.TableRow;

/** RANDOM_API and VARIATION_API for rows, as pure functions of their arguments. */
public interface RowSampler {

    /** Draws a row of a label. */
    TableRow random(int label, RandomGenerator random);

    /** @param degree degree of the variation, from 0 to 1 */
    TableRow varied(int label, TableRow row, double degree, RandomGenerator random);
}
