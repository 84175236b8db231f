package org.privateevolution.constraint;

import java.util.List;
import java.util.Optional;

/**
 * A constraint that rows can only break together.
 *
 * @param rule index of the constraint among all that are declared
 * @param key names of the columns of a unique key, or of the determining columns
 * @param determined the column that they determine; empty for a unique key
 */
public record SetCheck(int rule, List<String> key, Optional<String> determined) {
    public SetCheck {
        key = List.copyOf(key);
    }
}
