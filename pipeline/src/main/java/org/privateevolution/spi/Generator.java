package org.privateevolution.spi;

/** A generator with its options. */
public interface Generator {

    /**
     * Opens it for a run, once per start, on the driver.
     *
     * @param context all that it is told of the run; nothing of it is private
     */
    GenerationApi open(GenerationContext context);
}
