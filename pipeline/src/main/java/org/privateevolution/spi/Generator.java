package org.privateevolution.spi;

/** A generator with its options. */
public interface Generator {

    /**
     * Opens the generator for a run, once per start, on the driver.
     *
     * @param context everything that it may know about the run; nothing in it is private
     */
    GenerationApi open(GenerationContext context);
}
