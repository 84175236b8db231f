package org.privateevolution.model;

import java.io.Serializable;

/** The size in pixels to which images are scaled, and how they are scaled. */
public record ImageFrame(int width, int height, Fit fit, Resampling resampling) implements Serializable {

    public ImageFrame {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a frame must be at least 1 x 1, but is " + width + " x " + height);
        }
    }

    /** How an image of another shape is fitted into the frame. */
    public enum Fit {
        /** Each side is scaled by its own factor. */
        STRETCH,
        /** The image is cropped around its centre to the frame's shape, then scaled. */
        CROP
    }
}
