package org.privateevolution.generation.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.privateevolution.model.Pixels;

/** An image to draw on with antialiasing, and without the shifts that make lines crisp. */
final class Canvas implements AutoCloseable {

    private final BufferedImage image;
    private final Graphics2D graphics;

    Canvas(int width, int height, Color background) {
        this.image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        this.graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(background);
        graphics.fillRect(0, 0, width, height);
    }

    Graphics2D graphics() {
        return graphics;
    }

    Pixels pixels() {
        int width = image.getWidth();
        int[] packed = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        byte[] rgb = new byte[packed.length * Pixels.CHANNELS];
        int at = 0;
        for (int pixel : packed) {
            rgb[at++] = (byte) (pixel >> 16);
            rgb[at++] = (byte) (pixel >> 8);
            rgb[at++] = (byte) pixel;
        }
        return new Pixels(width, image.getHeight(), rgb);
    }

    @Override
    public void close() {
        graphics.dispose();
    }
}
