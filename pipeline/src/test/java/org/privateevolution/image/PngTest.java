package org.privateevolution.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.Pixels;

class PngTest {

    @Test
    void otherReadersReadIt() throws IOException {
        Pixels image = Images.noise(37, 11, 3);

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(image)));

        for (int y = 0; y < 11; y++) {
            for (int x = 0; x < 37; x++) {
                int at = (y * 37 + x) * 3;
                int expected =
                        (image.rgb()[at] & 0xFF) << 16 | (image.rgb()[at + 1] & 0xFF) << 8 | image.rgb()[at + 2] & 0xFF;
                assertThat(read.getRGB(x, y) & 0xFFFFFF).isEqualTo(expected);
            }
        }
    }

    @Test
    void equalPixelsGiveEqualBytesAndSmoothOnesFew() {
        assertThat(Png.encode(Images.noise(19, 23, 8))).isEqualTo(Png.encode(Images.noise(19, 23, 8)));
        byte[] ramp = new byte[64 * 64 * 3];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) (i / 3 % 64 * 3 + i / 192);
        }
        assertThat(Png.encode(new Pixels(64, 64, ramp)).length).isLessThan(ramp.length / 20);
    }
}
