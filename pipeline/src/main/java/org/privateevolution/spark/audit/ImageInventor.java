package org.privateevolution.spark.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.image.BadImageException;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.image.Png;
import org.privateevolution.model.ImageFrame;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.Payload;
import org.privateevolution.model.Pixels;
import org.privateevolution.spark.audit.Invented.Picture;
import org.privateevolution.spi.ImageEncoder;

/** Invents images of random pixels. */
final class ImageInventor implements Inventor {

    /** Images for larger frames are this size and scaled up, as private images are scaled. */
    private static final int LARGEST_SIDE = 32;

    private final ImageSpec images;
    private final ImageEncoder encoder;
    private final ImageDecoder decoder;

    /** @param encoder the run's encoder */
    ImageInventor(ImageSpec images, ImageEncoder encoder) {
        this.images = images;
        this.encoder = encoder;
        this.decoder = new ImageDecoder(images.source().mostPixels());
    }

    @Override
    public int usualCanaries() {
        return images.embedding() instanceof ImageSpec.PixelEmbedding ? 1_000 : 400;
    }

    @Override
    public StructType columns() {
        return new StructType().add(images.source().column(), DataTypes.BinaryType, false);
    }

    @Override
    public List<?> values(Payload record) {
        return List.of(((Picture) record).file());
    }

    @Override
    public Payload invent(SplittableRandom random) {
        ImageFrame frame = images.embedding().frame();
        int width = Math.min(frame.width(), LARGEST_SIDE);
        int height = Math.min(frame.height(), LARGEST_SIDE);
        byte[] rgb = new byte[width * height * Pixels.CHANNELS];
        random.nextBytes(rgb);
        return new Picture(Png.encode(new Pixels(width, height, rgb)));
    }

    @Override
    public float[] embed(List<? extends Payload> records) {
        float[] vectors = new float[Math.multiplyExact(records.size(), dimension())];
        for (int i = 0; i < records.size(); i++) {
            try {
                encoder.encode(decoder.decode(((Picture) records.get(i)).file()), vectors, i * dimension());
            } catch (BadImageException e) {
                throw new IllegalStateException("an image that the audit or the run has made " + e.getMessage(), e);
            }
        }
        return vectors;
    }

    @Override
    public int dimension() {
        return encoder.dimension();
    }

    @Override
    public String remedy() {
        return "the encoder gives many images the same vector: choose another images.embedding";
    }

    @Override
    public List<Payload> payloads(Dataset<Row> published) {
        List<Payload> pictures = new ArrayList<>();
        for (Row row : published.select(images.source().column()).collectAsList()) {
            pictures.add(new Picture(row.getAs(0)));
        }
        return pictures;
    }
}
