package org.privateevolution.image;

import org.privateevolution.model.Pixels;
import org.privateevolution.model.Resampling;

/**
 * Scales images as Pillow's {@code resize} does (version 13): along rows, then along columns, or the other way round if
 * rows grow and columns shrink; each result is rounded to 8 bits.
 *
 * <p>With {@code s} the ratio of the old length to the new one and {@code f = max(s, 1)}, so that shrinking averages
 * over all pixels it covers, output {@code i} has its centre at {@code c = (i + 1/2) s} and is
 *
 * <pre>sum over j of in[j] w((j + 1/2 - c) / f) / sum over j of w((j + 1/2 - c) / f),</pre>
 *
 * <p>over the existing pixels j from {@code floor(c - r f + 1/2)} (inclusive) to {@code floor(c + r f + 1/2)}
 * (exclusive), where r is the {@link Resampling}'s support and w its weight. NEAREST takes the pixel {@code floor(c)}.
 */
public final class Scaler {

    private static final int CHANNELS = Pixels.CHANNELS;

    private Scaler() {}

    /** Scales an image to {@code width * height}, each at least 1; its proportions are not kept. */
    public static Pixels scale(Pixels image, int width, int height, Resampling resampling) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("an image cannot be scaled to " + width + " x " + height);
        }
        if (width > image.width() && height < image.height()) {
            return rows(columns(image, height, resampling), width, resampling);
        }
        return columns(rows(image, width, resampling), height, resampling);
    }

    /**
     * The inputs of each output, with their weights.
     *
     * @param first index of each output's first input
     * @param weights weights of this input and those after it
     */
    @SuppressWarnings("ArrayRecordComponent") // used here and thrown away
    private record Taps(int[] first, double[][] weights) {

        static Taps of(int from, int to, Resampling resampling) {
            int[] first = new int[to];
            double[][] weights = new double[to][];
            double ratio = (double) from / to;
            double coarser = Math.max(ratio, 1);
            double reach = resampling.support() * coarser;
            for (int i = 0; i < to; i++) {
                double center = (i + 0.5) * ratio;
                if (resampling == Resampling.NEAREST) {
                    first[i] = Math.min(from - 1, (int) center);
                    weights[i] = new double[] {1};
                    continue;
                }
                first[i] = Math.max(0, (int) Math.floor(center - reach + 0.5));
                int end = Math.min(from, (int) Math.floor(center + reach + 0.5));
                weights[i] = new double[end - first[i]];
                double sum = 0;
                for (int j = 0; j < weights[i].length; j++) {
                    weights[i][j] = resampling.weight((first[i] + j + 0.5 - center) / coarser);
                    sum += weights[i][j];
                }
                for (int j = 0; j < weights[i].length; j++) {
                    weights[i][j] /= sum;
                }
            }
            return new Taps(first, weights);
        }

        int outputs() {
            return first.length;
        }

        /** Computes output {@code i} of the line whose input j is at {@code at + j * stride}. */
        byte apply(int i, byte[] line, int at, int stride) {
            double sum = 0;
            int from = at + first[i] * stride;
            for (double weight : weights[i]) {
                sum += weight * (line[from] & 0xFF);
                from += stride;
            }
            return (byte) Math.max(0, Math.min(255, Math.floor(sum + 0.5)));
        }
    }

    private static Pixels rows(Pixels image, int width, Resampling resampling) {
        if (width == image.width()) {
            return image;
        }
        Taps taps = Taps.of(image.width(), width, resampling);
        byte[] rgb = new byte[size(taps.outputs(), image.height())];
        int at = 0;
        for (int y = 0; y < image.height(); y++) {
            int row = y * image.width() * CHANNELS;
            for (int x = 0; x < taps.outputs(); x++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    rgb[at++] = taps.apply(x, image.rgb(), row + channel, CHANNELS);
                }
            }
        }
        return new Pixels(taps.outputs(), image.height(), rgb);
    }

    private static Pixels columns(Pixels image, int height, Resampling resampling) {
        if (height == image.height()) {
            return image;
        }
        Taps taps = Taps.of(image.height(), height, resampling);
        int stride = image.width() * CHANNELS;
        byte[] rgb = new byte[size(image.width(), taps.outputs())];
        int at = 0;
        for (int y = 0; y < taps.outputs(); y++) {
            for (int i = 0; i < stride; i++) {
                rgb[at++] = taps.apply(y, image.rgb(), i, stride);
            }
        }
        return new Pixels(image.width(), taps.outputs(), rgb);
    }

    private static int size(int width, int height) {
        return Math.multiplyExact(Math.multiplyExact(width, height), CHANNELS);
    }
}
