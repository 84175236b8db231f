package org.privateevolution.image;

import java.util.Arrays;
import java.util.List;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Resampling;

/**
 * Lays images out in a grid, row by row from the top left, on white.
 *
 * @param columns images per row
 * @param cellWidth in pixels; an image is scaled to fit its cell, keeps its proportions and is centred
 * @param cellHeight in pixels
 * @param gap in pixels, between cells and around the grid
 */
public record ContactSheet(int columns, int cellWidth, int cellHeight, int gap) {

    private static final byte WHITE = (byte) 255;

    public ContactSheet {
        if (columns < 1 || cellWidth < 1 || cellHeight < 1 || gap < 0) {
            throw new IllegalArgumentException("a sheet of " + columns + " columns of cells of " + cellWidth + " x "
                    + cellHeight + " with gaps of " + gap + " cannot be laid out");
        }
    }

    /** Lays out the images, in as many rows as they fill. */
    public Pixels of(List<Pixels> images) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("a sheet needs at least one image");
        }
        int rows = (images.size() + columns - 1) / columns;
        int width = columns * (cellWidth + gap) + gap;
        int height = rows * (cellHeight + gap) + gap;
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), Pixels.CHANNELS)];
        Arrays.fill(rgb, WHITE);
        for (int i = 0; i < images.size(); i++) {
            Pixels image = fitted(images.get(i));
            int left = gap + i % columns * (cellWidth + gap) + (cellWidth - image.width()) / 2;
            int top = gap + i / columns * (cellHeight + gap) + (cellHeight - image.height()) / 2;
            int stride = image.width() * Pixels.CHANNELS;
            for (int y = 0; y < image.height(); y++) {
                System.arraycopy(image.rgb(), y * stride, rgb, ((top + y) * width + left) * Pixels.CHANNELS, stride);
            }
        }
        return new Pixels(width, height, rgb);
    }

    /** Enlarged pixels stay sharp squares. */
    private Pixels fitted(Pixels image) {
        double factor = Math.min((double) cellWidth / image.width(), (double) cellHeight / image.height());
        int width = Math.max(1, (int) Math.round(image.width() * factor));
        int height = Math.max(1, (int) Math.round(image.height() * factor));
        return Scaler.scale(image, width, height, factor >= 1 ? Resampling.NEAREST : Resampling.BICUBIC);
    }
}
