package org.privateevolution.model;

import java.io.Serializable;

/** The size in pixels that images are brought to, and the rule by which they are. */
public record ImageFrame(int width, int height, Fit fit, Resampling resampling) implements Serializable {

    public ImageFrame {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a frame must be at least 1 x 1, but is " + width + " x " + height);
        }
    }

    /** How an image of another shape fits in. */
    public enum Fit {
        /** Each side is scaled by its own factor. */
        STRETCH,
        /** It is cut to the frame's shape before it is scaled, the same on both sides. */
        CROP
    }
}
