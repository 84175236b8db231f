package org.privateevolution.model;

import java.util.Arrays;

/** The parameters from which a simulator draws an image. Equal parameters give equal pixels. */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record SimulatedImage(double[] parameters) implements Image {

    public SimulatedImage {
        parameters = parameters.clone();
    }

    @Override
    public double[] parameters() {
        return parameters.clone();
    }

    /** Returns the parameter at {@code index}. */
    public double parameter(int index) {
        return parameters[index];
    }

    /** Number of parameters. */
    public int size() {
        return parameters.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SimulatedImage image && Arrays.equals(parameters, image.parameters);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parameters);
    }

    @Override
    public String toString() {
        return "SimulatedImage" + Arrays.toString(parameters);
    }
}
