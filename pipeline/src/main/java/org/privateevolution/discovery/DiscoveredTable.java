package org.privateevolution.discovery;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.privacy.NoisyHistogram;

/**
 * A table's columns and size, inferred from a release.
 *
 * @param columns in the order of the table
 * @param records approximate number of records; if the unit is a client, the sum of the clients' votes
 * @param noise standard deviation of the noise of one count, in the same unit
 * @param least approximate number of records that a value needs to be released
 */
public record DiscoveredTable(List<DiscoveredColumn> columns, double records, double noise, double least) {

    /**
     * Infers a table from a release.
     *
     * @param names of the columns
     * @param label the column among them whose values are labels; empty for none
     * @param votesARecord votes that a record gives each cell, greater than 0
     * @param threshold votes that a value needs
     */
    public static DiscoveredTable of(
            List<String> names, String label, NoisyHistogram released, double votesARecord, double threshold) {
        DiscoveryCells cells = new DiscoveryCells(names.size());
        cells.require(released);
        List<DiscoveredColumn> columns = new ArrayList<>();
        double records = 0;
        for (int c = 0; c < names.size(); c++) {
            NoisyColumn column = new NoisyColumn(released, c, cells.size(), votesARecord);
            String name = names.get(c);
            columns.add(name.equals(label) ? DiscoveredColumn.label(name, column) : DiscoveredColumn.of(name, column));
            records += column.count(kind -> true) / names.size();
        }
        return new DiscoveredTable(
                List.copyOf(columns), records, released.noiseMultiplier() / votesARecord, threshold / votesARecord);
    }
}
