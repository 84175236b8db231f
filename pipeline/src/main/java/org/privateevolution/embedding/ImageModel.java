package org.privateevolution.embedding;

import java.io.Serializable;
import java.util.List;

/**
 * An image encoder as an ONNX graph of one float input, an image at a time.
 *
 * @param mean taken off red, green and blue, which are 0 to 1
 * @param std what they are divided by then
 * @param channelsLast whether the input is {@code [1, height, width, 3]}, else {@code [1, 3, height, width]}
 * @param output name of the output that is the vector, flattened; empty for the first of floats
 * @param normalize whether vectors are scaled to length 1
 * @param cuda whether it runs on a CUDA device, else on the CPU
 */
public record ImageModel(
        ModelFile file,
        ImageFrame frame,
        List<Double> mean,
        List<Double> std,
        boolean channelsLast,
        String output,
        boolean normalize,
        boolean cuda)
        implements Serializable {

    public ImageModel {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** Everything but the file that the vectors depend on. */
    String described() {
        return String.join(
                "\n",
                frame.described(),
                mean.toString(),
                std.toString(),
                Boolean.toString(channelsLast),
                output,
                Boolean.toString(normalize),
                Boolean.toString(cuda));
    }
}
