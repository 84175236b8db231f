package org.privateevolution.generation.image;

import java.io.Serializable;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SimulatedImage;

/**
 * Draws images from a few parameters, without any model (Sim-PE; Lin et al. 2025). Every method is a pure function of
 * its arguments, so an image is kept as its parameters and drawn where it is needed. Safe for use by many threads.
 */
public interface Simulator extends Serializable {

    /** RANDOM_API: a fresh image of a label. */
    SimulatedImage random(int label, Seed seed);

    /**
     * VARIATION_API: an image similar to {@code parent}.
     *
     * @param iteration number of completed votes, from 0
     */
    SimulatedImage vary(SimulatedImage parent, int label, int iteration, Seed seed);

    /**
     * Draws an image.
     *
     * @return {@link #width()} x {@link #height()} pixels
     * @throws IllegalArgumentException if the parameters are not this simulator's
     */
    Pixels draw(SimulatedImage image);

    int width();

    int height();
}
