package org.privateevolution.spi;

/** Adds an embedder of images: {@code images.embedding.extension}. */
public interface ImageEncoderProvider extends Extension {

    /**
     * Checks the options; opens nothing, because it is called whenever a configuration is read.
     *
     * @return an encoder of images that have been brought to one size; for the rest as {@link EmbedderProvider#create}
     * @throws OptionException if they do not fit
     */
    ImageEncoder create(Options options);
}
