package org.privateevolution.model;

import java.util.List;

/**
 * The discovery of a table's columns from the private data, by one release that the run makes before all others.
 *
 * @param columns names of the columns to examine; empty for all that the source declares
 * @param share share of the run's privacy budget that the release gets, measured as mu squared; between 0 and 1, both
 *     exclusive
 */
public record DiscoverySpec(List<String> columns, double share) {
    public DiscoverySpec {
        columns = List.copyOf(columns);
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share is " + share + ": give more than 0 and less than 1");
        }
    }
}
