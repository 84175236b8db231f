package org.privateevolution.model;

import java.io.Serializable;
import java.util.List;

/**
 * How an image encoder of one float input is run, an image at a time. Travels to executors, where an
 * {@link java.util.Optional} cannot go.
 *
 * @param frame the size that images are brought to
 * @param mean taken off the pixels, which are 0 to 1: red, green, blue
 * @param std what they are divided by then
 * @param output name of the graph's output that is the vector, flattened; empty for the first of floats
 * @param normalize whether vectors are scaled to length 1
 */
public record EncoderSettings(
        ImageFrame frame,
        List<Double> mean,
        List<Double> std,
        Layout layout,
        String output,
        boolean normalize,
        Device device)
        implements Serializable {

    public EncoderSettings {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != Pixels.CHANNELS || std.size() != Pixels.CHANNELS) {
            throw new IllegalArgumentException("mean and std must each be " + Pixels.CHANNELS
                    + " numbers, those of red, green and blue, but are " + mean + " and " + std);
        }
    }

    /** Order of a batch's axes: N images, C channels, H rows, W columns. */
    public enum Layout {
        NCHW,
        NHWC
    }

    /** What an encoder runs on. */
    public enum Device {
        CPU,
        CUDA
    }
}
