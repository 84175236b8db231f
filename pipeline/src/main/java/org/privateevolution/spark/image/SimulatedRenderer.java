package org.privateevolution.spark.image;

import org.privateevolution.generation.image.Simulator;
import org.privateevolution.model.Image;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.SimulatedImage;
import org.privateevolution.spi.ImageRenderer;

/** Draws the images of a simulator. */
record SimulatedRenderer(Simulator simulator) implements ImageRenderer {
    @Override
    public Pixels render(Image image) {
        if (image instanceof SimulatedImage simulated) {
            return simulator.draw(simulated);
        }
        throw new IllegalArgumentException(
                "a simulator draws no " + image.getClass().getSimpleName());
    }
}
