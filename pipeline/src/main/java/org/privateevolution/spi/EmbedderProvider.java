package org.privateevolution.spi;

/** Adds an embedder of texts: {@code text.embedding.extension}. */
public interface EmbedderProvider extends Extension {

    /**
     * Checks the options; opens nothing, because it is called whenever a configuration is read.
     *
     * @return an embedder of {@link org.privateevolution.model.Text}s, which opens what it needs where it embeds, so that
     *     it stays serialisable. It is asked for one text at a time, and what it throws is told without its message,
     *     because that may quote the text
     * @throws OptionException if they do not fit
     */
    Embedder create(Options options);
}
