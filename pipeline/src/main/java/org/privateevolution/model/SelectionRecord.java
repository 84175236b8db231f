package org.privateevolution.model;

import java.util.List;

/**
 * The candidates of one label that a vote selected.
 *
 * @param indices candidate indices in the population that was voted on
 * @param survivors number of candidates whose released votes passed the threshold; 0 means that the selection is
 *     uniform
 */
public record SelectionRecord(int label, List<Integer> indices, int survivors) {
    public SelectionRecord {
        indices = List.copyOf(indices);
    }
}
