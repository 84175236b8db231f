package org.privateevolution.model;

/** A generator from outside this project. */
public sealed interface ForeignGenerator extends TextSpec.Generator, ImageSpec.Generator
        permits ForeignGenerator.Named, ForeignGenerator.Given {

    /** A generator from another project's jar, named in the configuration. */
    record Named(ExtensionSpec extension) implements ForeignGenerator {}

    /**
     * A generator given by the program or notebook that starts the run.
     *
     * @param name public name; a run takes two generators with the same name to be the same
     */
    record Given(String name) implements ForeignGenerator {}
}
