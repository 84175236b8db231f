package org.privateevolution.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.privateevolution.privacy.NoisyHistogram;

/** The noisy counts of one column: numbers of records if the unit is a record, otherwise shares of clients' votes. */
final class NoisyColumn {

    /**
     * The number of standard deviations that a count must exceed to be more than noise. With 2,000 empty cells per
     * column, one column in twenty thousand has an empty cell that does.
     */
    private static final double RISEN = 5.5;

    private final NoisyHistogram released;
    private final int offset;
    private final double scale;
    private final double noise;
    private final Map<String, Double> values = new LinkedHashMap<>();

    /**
     * @param votesARecord votes that a record gives a cell
     */
    NoisyColumn(NoisyHistogram released, int column, int cells, double votesARecord) {
        this.released = released;
        this.offset = column * DiscoveryCells.A_COLUMN;
        this.scale = 1 / votesARecord;
        this.noise = released.noiseMultiplier() * scale;
        for (int i = 0; i < released.partitions().size(); i++) {
            String partition = released.partitions().get(i);
            if (DiscoveryCells.column(partition) == column) {
                values.put(DiscoveryCells.value(partition), released.votes(cells + i) * scale);
            }
        }
    }

    /** Standard deviation of the noise of one count. */
    double noise() {
        return noise;
    }

    double count(int cell) {
        return released.votes(offset + cell) * scale;
    }

    double count(ValueKind kind) {
        return count(kind.ordinal());
    }

    /** Number of records whose value is of a kind that passes a test; it has the noise of as many counts as kinds. */
    double count(Predicate<ValueKind> of) {
        double sum = 0;
        for (ValueKind kind : ValueKind.values()) {
            sum += of.test(kind) ? count(kind) : 0;
        }
        return sum;
    }

    boolean hasRisen(double count) {
        return count > RISEN * noise;
    }

    /** Values that passed the threshold, with their counts, in the order of their texts. */
    Map<String, Double> values() {
        return values;
    }

    /**
     * The range from the first to the last cell that is more than noise.
     *
     * @param from the first cell to consider
     * @param cells number of cells to consider
     * @param group number of cells that are also tested together, in case each alone has too few records
     * @param alone a cell that belongs to no group; -1 for none
     * @return first and last cell, counted from {@code from}
     */
    Optional<int[]> risen(int from, int cells, int group, int alone) {
        List<Integer> risen = new ArrayList<>();
        int end;
        for (int start = 0; start < cells; start = end) {
            end = Math.min(cells, start + group);
            if (start <= alone && alone < end) {
                end = start == alone ? start + 1 : alone;
            }
            double sum = 0;
            boolean single = false;
            for (int cell = start; cell < end; cell++) {
                double count = count(from + cell);
                sum += count;
                if (hasRisen(count)) {
                    risen.add(cell);
                    single = true;
                }
            }
            if (!single && sum > RISEN * noise * Math.sqrt(end - start)) {
                risen.add(start);
                risen.add(end - 1);
            }
        }
        return risen.isEmpty()
                ? Optional.empty()
                : Optional.of(new int[] {
                    risen.stream().min(Integer::compare).orElseThrow(),
                    risen.stream().max(Integer::compare).orElseThrow()
                });
    }
}
