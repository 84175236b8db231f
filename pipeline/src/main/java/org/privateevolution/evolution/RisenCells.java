package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.privateevolution.table.ColumnBins;
import org.privateevolution.table.NumberBins;

/**
 * Finds the cells of a column whose counts say more than their noise: spikes, and the halves of cells near the values
 * around which numbers concentrate. All other cells are taken to be as dense as their neighbourhood, and those next to
 * the bounds to become rarer and rarer ({@link EmptyTail}).
 */
final class RisenCells {

    /** The number of standard deviations by which a count must differ from the one that its neighbours suggest. */
    private static final double RISE = 3;

    private final ColumnBins bins;
    private final List<Integer> spikes = new ArrayList<>();
    /** First and last cell of each range of neighbours that are alike. */
    private final List<int[]> alike = new ArrayList<>();

    private final List<EmptyTail> tails = new ArrayList<>();

    private RisenCells(ColumnBins bins) {
        this.bins = bins;
    }

    /**
     * Reads the noisy counts of a column.
     *
     * @param sigma standard deviation of each count
     */
    static RisenCells of(ColumnBins bins, double[] counts, double sigma) {
        RisenCells risen = new RisenCells(bins);
        if (bins instanceof NumberBins numbers) {
            numbers.halved(MarginalChoice.FINE).forEach(inwards -> risen.compare(inwards, counts, sigma));
            risen.tails.addAll(EmptyTail.of(numbers, counts, RISE * sigma));
            double[] flattened = risen.withAlike(counts);
            for (int i = 0; i < numbers.spikes().size(); i++) {
                if (counts[numbers.ordered() + i] - risen.around(numbers, i, flattened) > RISE * sigma) {
                    risen.spikes.add(i);
                }
            }
        }
        return risen;
    }

    /**
     * Compares each cell, from the inside out, with all cells within it. The cells up to the first that differs are
     * alike.
     *
     * @param inwards neighbouring cells, each as large as all that follow it together
     */
    private void compare(List<Integer> inwards, double[] counts, double sigma) {
        int last = inwards.size() - 1;
        int outermost = 0;
        double count = counts[inwards.get(last)];
        double natural = bins.naturalShare(inwards.get(last));
        for (int outer = last - 1; outer >= 0; outer--) {
            int cell = inwards.get(outer);
            int within = last - outer;
            double share = natural / (natural + bins.naturalShare(cell));
            double difference = (1 - share) * count - share * counts[cell];
            double noise = sigma * Math.sqrt((1 - share) * (1 - share) * within + share * share);
            if (Math.abs(difference) > RISE * noise) {
                outermost = outer + 1;
                break;
            }
            count += counts[cell];
            natural += bins.naturalShare(cell);
        }
        int from = inwards.get(outermost);
        int to = inwards.get(last);
        alike.add(new int[] {Math.min(from, to), Math.max(from, to)});
    }

    /** Values that are more frequent than those around them. */
    List<Double> spikes() {
        return bins instanceof NumberBins numbers
                ? spikes.stream().map(numbers.spikes()::get).toList()
                : List.of();
    }

    /** The ranges next to the bounds in which no count rises. */
    List<EmptyTail> tails() {
        return List.copyOf(tails);
    }

    /** The cells that are counted together. */
    MergedCells merged() {
        int[] groups = IntStream.range(0, bins.count()).toArray();
        double[] weights = new double[bins.count()];
        Arrays.fill(weights, 1);
        for (int[] range : alike) {
            Arrays.fill(groups, range[0], range[1] + 1, range[0]);
        }
        for (EmptyTail tail : tails) {
            Arrays.fill(groups, tail.from(), tail.to() + 1, tail.from());
            System.arraycopy(tail.weights(), 0, weights, tail.from(), tail.weights().length);
        }
        if (bins instanceof NumberBins numbers) {
            for (int i = 0; i < numbers.spikes().size(); i++) {
                if (!spikes.contains(i)) {
                    int around = numbers.around(numbers.spikes().get(i));
                    groups[numbers.ordered() + i] = groups[around];
                    weights[numbers.ordered() + i] = weights[around];
                }
            }
        }
        return new MergedCells(groups, weights);
    }

    /** The counts, with those that do not rise above noise replaced by the density around them. */
    double[] flattened(double... counts) {
        double[] flattened = withAlike(counts);
        if (bins instanceof NumberBins numbers) {
            for (int i = 0; i < numbers.spikes().size(); i++) {
                if (!spikes.contains(i)) {
                    flattened[numbers.ordered() + i] = around(numbers, i, flattened);
                }
            }
        }
        return flattened;
    }

    private double[] withAlike(double... counts) {
        double[] flattened = counts.clone();
        for (int[] range : alike) {
            double count = 0;
            double natural = 0;
            for (int cell = range[0]; cell <= range[1]; cell++) {
                count += counts[cell];
                natural += bins.naturalShare(cell);
            }
            for (int cell = range[0]; cell <= range[1]; cell++) {
                flattened[cell] = count * bins.naturalShare(cell) / natural;
            }
        }
        tails.forEach(tail -> tail.smooth(counts, flattened));
        return flattened;
    }

    /** The count that a spike's cell would have if its value were as frequent as those around it. */
    private double around(NumberBins numbers, int spike, double... counts) {
        int cell = numbers.around(numbers.spikes().get(spike));
        return Math.max(0, counts[cell]) * numbers.spikeWidth() / bins.naturalShare(cell);
    }
}
