package org.privateevolution.embedding;

import java.io.Serializable;
import org.privateevolution.model.EncoderSettings;

/**
 * An image encoder as an ONNX graph.
 *
 * @param settings how to run it
 */
public record ImageModel(ModelFile file, EncoderSettings settings) implements Serializable {

    /** Whether the input is {@code [1, height, width, 3]} rather than {@code [1, 3, height, width]}. */
    boolean channelsLast() {
        return settings.layout() == EncoderSettings.Layout.NHWC;
    }

    /** Whether the model runs on a CUDA device rather than on the CPU. */
    boolean cuda() {
        return settings.device() == EncoderSettings.Device.CUDA;
    }

    /** Everything that the vectors depend on except the file. */
    String described() {
        return String.join(
                "\n",
                FramedImage.described(settings.frame()),
                settings.mean().toString(),
                settings.std().toString(),
                Boolean.toString(channelsLast()),
                settings.output(),
                Boolean.toString(settings.normalize()),
                Boolean.toString(cuda()));
    }
}
