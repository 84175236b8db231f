package org.privateevolution.spi;

import java.util.Set;

/** Adds a generator: {@code tabular.generation}, {@code text.generation} or {@code images.generation}. */
public interface GeneratorProvider extends Extension {

    /** The kinds of samples that it can make. */
    Set<Content> makes();

    /**
     * Checks the options. Must not open anything, because it is called whenever a configuration is read.
     *
     * @throws OptionException if the options are invalid
     */
    Generator create(Options options);
}
