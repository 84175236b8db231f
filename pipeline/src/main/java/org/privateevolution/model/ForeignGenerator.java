package org.privateevolution.model;

/** A generator that this project does not bring. */
public sealed interface ForeignGenerator extends TextSpec.Generator, ImageSpec.Generator
        permits ForeignGenerator.Named, ForeignGenerator.Given {

    /** One of somebody else's jar, which the configuration names. */
    record Named(ExtensionSpec extension) implements ForeignGenerator {}

    /**
     * One that the program or notebook gives that starts the run.
     *
     * @param name public name; the run takes generators of the same name for the same
     */
    record Given(String name) implements ForeignGenerator {}
}
