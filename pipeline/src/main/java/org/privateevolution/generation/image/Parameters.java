package org.privateevolution.generation.image;

import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SimulatedImage;

/** The parameters of a simulator, in the order in which an image holds them. Each is drawn and varied independently. */
record Parameters(List<Parameter> list) implements Serializable {

    Parameters {
        list = List.copyOf(list);
    }

    SimulatedImage random(Seed seed) {
        RandomGenerator random = seed.generator();
        return new SimulatedImage(
                list.stream().mapToDouble(parameter -> parameter.random(random)).toArray());
    }

    SimulatedImage vary(SimulatedImage parent, int iteration, Seed seed) {
        require(parent);
        RandomGenerator random = seed.generator();
        double[] values = parent.parameters();
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).vary(values[i], iteration, random);
        }
        return new SimulatedImage(values);
    }

    /** Whether an image has these parameters, with values within their ranges. */
    boolean hold(SimulatedImage image) {
        if (image.size() != list.size()) {
            return false;
        }
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(i).holds(image.parameter(i))) {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException if the image has other parameters than these */
    void require(SimulatedImage image) {
        if (!hold(image)) {
            throw new IllegalArgumentException("the simulator makes no image with the parameters of " + image
                    + ": was it made with other settings?");
        }
    }
}
