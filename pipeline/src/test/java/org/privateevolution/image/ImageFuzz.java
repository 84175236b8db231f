package org.privateevolution.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.privateevolution.fuzz.FuzzTarget;
import org.privateevolution.fuzz.Refusals;
import org.privateevolution.model.Pixels;

/** An image file is decoded to no more pixels than are allowed, or refused. */
public final class ImageFuzz implements FuzzTarget {

    private static final long MOST_PIXELS = 1 << 14;

    private final ImageDecoder decoder = new ImageDecoder(MOST_PIXELS);

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (int type : List.of(
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_INT_ARGB)) {
            BufferedImage image = new BufferedImage(7, 5, type);
            image.setRGB(3, 2, 0x80ff4020);
            for (String format : List.of("png", "jpg", "gif", "bmp")) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                if (ImageIO.write(image, format, bytes)) {
                    seeds.add(bytes.toByteArray());
                }
            }
        }
        return seeds;
    }

    @Override
    public void read(byte[] input) {
        try {
            Pixels pixels = decoder.decode(input);
            Refusals.require((long) pixels.width() * pixels.height() <= MOST_PIXELS, "too many pixels");
        } catch (BadImageException e) {
            Refusals.requireReadable(e.getMessage(), new String(input, StandardCharsets.ISO_8859_1));
        }
    }
}
