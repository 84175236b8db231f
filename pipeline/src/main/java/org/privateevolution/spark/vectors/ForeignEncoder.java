package org.privateevolution.spark.vectors;

import org.privateevolution.embedding.FramedImage;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.Pixels;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.ImageEncoder;
import org.privateevolution.spi.ImageEncoderProvider;
import org.privateevolution.spi.Options;

/** An image encoder that an extension provides. It is given images in the size of a frame. */
public final class ForeignEncoder implements ImageEncoder {

    private static final long serialVersionUID = 1L;

    private final String extension;
    private final String fingerprint;
    private final ImageFrame frame;
    private final ImageEncoder encoder;
    private final int dimension;

    private ForeignEncoder(String extension, String fingerprint, ImageFrame frame, ImageEncoder encoder) {
        this.extension = extension;
        this.fingerprint = fingerprint;
        this.frame = frame;
        this.encoder = encoder;
        this.dimension = ForeignCode.call(extension, encoder::dimension);
        if (dimension < 1) {
            throw ForeignCode.failed(extension, "states the dimension " + dimension + ": it must be at least 1");
        }
    }

    public static ForeignEncoder of(ExtensionSpec spec, ImageFrame frame) {
        String extension = "image encoder " + spec.name();
        ImageEncoder encoder = ForeignCode.call(extension, () -> Extensions.of(ImageEncoderProvider.class)
                .named(spec.name())
                .create(new Options(spec.options())));
        String own = ForeignCode.call(extension, encoder::fingerprint);
        return new ForeignEncoder(
                extension,
                ForeignEmbedder.fingerprint(spec) + FramedImage.described(frame) + "-" + own,
                frame,
                encoder);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public void encode(Pixels image, float[] vectors, int at) {
        float[] vector = new float[dimension];
        Pixels framed = FramedImage.of(image, frame);
        ForeignCode.call(extension, () -> {
            encoder.encode(framed, vector, 0);
            return null;
        });
        ForeignCode.requireVector(extension, vector, dimension);
        System.arraycopy(vector, 0, vectors, at, dimension);
    }
}
