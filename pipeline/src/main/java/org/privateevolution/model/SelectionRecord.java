package org.privateevolution.model;

import java.util.List;

/**
 * What one vote selected from a label's candidates.
 *
 * @param indices candidate indices in the population that was voted on
 * @param survivors candidates whose released votes passed the threshold; 0 means that the selection is uniform
 */
public record SelectionRecord(int label, List<Integer> indices, int survivors) {
    public SelectionRecord {
        indices = List.copyOf(indices);
    }
}
