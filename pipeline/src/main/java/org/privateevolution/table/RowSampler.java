package org.privateevolution.table;

import java.util.random.RandomGenerator;
import org.privateevolution.model.TableRow;

/** RANDOM_API and VARIATION_API of rows, as pure functions of what they are given. */
public interface RowSampler {

    /** A fresh row of a label. */
    TableRow random(int label, RandomGenerator random);

    /** @param degree of the variation, 0 to 1 */
    TableRow varied(int label, TableRow row, double degree, RandomGenerator random);
}
