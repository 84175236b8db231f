package org.privateevolution.model;

import java.io.Serializable;
import java.util.List;

/**
 * How to run an image encoder with a single float input, one image at a time. Spark sends the settings to executors, so
 * they have no {@link java.util.Optional}, which is not serializable.
 *
 * @param frame the size to which images are scaled
 * @param mean subtracted from the pixels, which are 0 to 1: red, green, blue
 * @param std divides the difference: red, green, blue
 * @param output name of the graph's output that is flattened to the vector; empty for the first output of floats
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

    /** Order of the axes of a batch: N images, C channels, H rows, W columns. */
    public enum Layout {
        NCHW,
        NHWC
    }

    /** Hardware that an encoder runs on. */
    public enum Device {
        CPU,
        CUDA
    }
}
