package org.privateevolution.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The synthetic samples of one iteration, grouped by label: the samples of label 0 first, then those of label 1, and so
 * on. A sample's index in the list is its candidate index in a vote.
 *
 * @param iteration 0 for the initial population, then the number of votes that led to this population
 * @param samples ordered by label
 */
public record Population(int iteration, List<Sample> samples) {

    public Population {
        samples = List.copyOf(samples);
        for (int i = 1; i < samples.size(); i++) {
            if (samples.get(i).label() < samples.get(i - 1).label()) {
                throw new IllegalArgumentException("samples must be ordered by label, but sample " + i + " has label "
                        + samples.get(i).label() + " after "
                        + samples.get(i - 1).label());
            }
        }
    }

    /** Number of samples, over all labels. */
    public int size() {
        return samples.size();
    }

    /**
     * Returns the index of each label's first sample, followed by {@link #size()}: {@code labels + 1} offsets in all.
     */
    public int[] labelOffsets(int labels) {
        int[] offsets = new int[labels + 1];
        for (Sample sample : samples) {
            offsets[sample.label() + 1]++;
        }
        for (int label = 0; label < labels; label++) {
            offsets[label + 1] += offsets[label];
        }
        return offsets;
    }

    /** Returns up to {@code most} samples at even distances, so that each label is represented by its share. */
    public List<Sample> spread(int most) {
        int taken = Math.min(most, samples.size());
        List<Sample> spread = new ArrayList<>(taken);
        for (int i = 0; i < taken; i++) {
            spread.add(samples.get((int) ((long) i * samples.size() / taken)));
        }
        return spread;
    }

    /** Returns the payloads in candidate order. */
    public List<Payload> payloads() {
        List<Payload> payloads = new ArrayList<>(samples.size());
        for (Sample sample : samples) {
            payloads.add(sample.payload());
        }
        return payloads;
    }
}
