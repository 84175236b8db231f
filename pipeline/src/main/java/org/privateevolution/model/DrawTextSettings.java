package org.privateevolution.model;

import java.io.Serializable;

/**
 * How texts are drawn as images.
 *
 * @param width pixels per row of an image
 * @param height pixels per column of an image
 * @param size pixels per em, above 0
 * @param stroke pixels by which outlines are widened to either side, at least 0
 * @param rotation angle in degrees
 */
public record DrawTextSettings(int width, int height, Range size, Range stroke, Range rotation, Degrees degrees)
        implements Serializable {
    public DrawTextSettings {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("images must be at least 1 x 1, but are " + width + " x " + height);
        }
        if (!(size.low() > 0) || !(stroke.low() >= 0)) {
            throw new IllegalArgumentException(
                    "sizes must be above 0 and strokes at least 0, but are " + size + " and " + stroke);
        }
    }

    /**
     * How far a variation moves from its parent, by completed votes: for font and text, the probability of drawing them
     * anew; for the others, the greatest change.
     */
    public record Degrees(Schedule font, Schedule text, Schedule size, Schedule stroke, Schedule rotation)
            implements Serializable {}
}
