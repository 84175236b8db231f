package org.privateevolution.spi;

/** Adds an embedder of images: {@code images.embedding.extension}. */
public interface ImageEncoderProvider extends Extension {

    /**
     * Checks the options. Must not open anything, because it is called whenever a configuration is read.
     *
     * @return an encoder of images that have all been scaled to one size; otherwise as {@link EmbedderProvider#create}
     * @throws OptionException if the options are invalid
     */
    ImageEncoder create(Options options);
}
