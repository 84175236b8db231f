package org.privateevolution.embedding;

import java.util.List;
import org.privateevolution.model.Image;
import org.privateevolution.model.Payload;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.ImageEncoder;
import org.privateevolution.spi.ImageRenderer;

/** Embeds synthetic images: renders each and encodes its pixels. */
public record ImageEmbedder(ImageRenderer renderer, ImageEncoder encoder) implements Embedder {

    @Override
    public int dimension() {
        return encoder.dimension();
    }

    @Override
    public String fingerprint() {
        return encoder.fingerprint();
    }

    /** Vectors of probe images that need no renderer. */
    @Override
    public float[] probe() {
        return encoder.probe();
    }

    @Override
    public float[] embed(List<? extends Payload> payloads) {
        float[] vectors = new float[Math.multiplyExact(payloads.size(), dimension())];
        for (int i = 0; i < payloads.size(); i++) {
            if (!(payloads.get(i) instanceof Image image)) {
                throw new IllegalArgumentException("the image embedding takes images, not "
                        + payloads.get(i).getClass().getSimpleName());
            }
            encoder.encode(renderer.render(image), vectors, i * dimension());
        }
        return vectors;
    }
}
