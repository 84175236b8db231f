package org.privateevolution.generation.image;

import java.util.ArrayList;
import java.util.List;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Range;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SimulatedImage;

/**
 * Draws portraits by rule: a head and shoulders with hair, eyes, brows, mouth, beard, glasses and clothes. All labels
 * draw from the same portraits; the votes alone make them differ.
 */
public final class Avatar implements Simulator {

    private static final long serialVersionUID = 1L;

    private final int width;
    private final int height;
    private final Parameters parameters;

    /**
     * @param redraw probability that a variation draws a choice anew, by completed votes
     * @param step largest change of a number by a variation, as a share of its range, by completed votes
     */
    public Avatar(int width, int height, Schedule redraw, Schedule step) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("images must be at least 1 x 1, but are " + width + " x " + height);
        }
        this.width = width;
        this.height = height;
        List<Parameter> all = new ArrayList<>();
        for (Portrait.Trait trait : Portrait.Trait.values()) {
            all.add(
                    trait.options() > 0
                            ? new Parameter.Choice(0, trait.options(), redraw)
                            : new Parameter.Quantity(new Range(0, 1), step));
        }
        this.parameters = new Parameters(all);
    }

    @Override
    public SimulatedImage random(int label, Seed seed) {
        return parameters.random(seed);
    }

    @Override
    public SimulatedImage vary(SimulatedImage parent, int label, int iteration, Seed seed) {
        return parameters.vary(parent, iteration, seed);
    }

    @Override
    public Pixels draw(SimulatedImage image) {
        parameters.require(image);
        return new Portrait(image).draw(width, height);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }
}
