package org.privateevolution.spi;

/** Adds an embedder of texts: {@code text.embedding.extension}. */
public interface EmbedderProvider extends Extension {

    /**
     * Checks the options. Must not open anything, because it is called whenever a configuration is read.
     *
     * @return an embedder of {@link org.privateevolution.model.Text}s. It must open its resources where it embeds, so
     *     that it stays serialisable. It is called with one text at a time. Exceptions that it throws are reported
     *     without their messages, because these may quote the text
     * @throws OptionException if the options are invalid
     */
    Embedder create(Options options);
}
