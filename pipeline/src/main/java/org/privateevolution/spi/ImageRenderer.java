package org.privateevolution.spi;

import java.io.Serializable;
import org.privateevolution.model.Image;
import org.privateevolution.model.Pixels;

/** Computes the pixels of synthetic images. Runs on executors, hence serialisable. */
public interface ImageRenderer extends Serializable {

    /**
     * Renders an image.
     *
     * @throws StoreException if its file is missing or damaged
     */
    Pixels render(Image image);
}
