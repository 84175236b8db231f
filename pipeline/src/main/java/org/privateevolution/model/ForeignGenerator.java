package org.privateevolution.model;

/** A generator that this project does not bring. */
public sealed interface ForeignGenerator extends TextSpec.Generator, ImageSpec.Generator
        permits ExtensionSpec, ForeignGenerator.Given {

    /**
     * One that the program or notebook gives that starts the run.
     *
     * @param name public name; the run takes generators of the same name for the same
     */
    record Given(String name) implements ForeignGenerator {}
}
