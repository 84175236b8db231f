package org.privateevolution.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.privateevolution.model.Pixels;

/**
 * Decodes untrusted PNG, JPEG, GIF and BMP files.
 *
 * <p>A file is checked from its first byte to its last before anything is decompressed: its size against the largest
 * number of pixels allowed, its checksums and its end. Then its metadata and colour profile are dropped. Memory is thus
 * bounded by the file's own length and about 12 bytes per pixel, whatever the file holds.
 *
 * <p>Channels of other depths are scaled to 8 bits and rounded; grey becomes equal red, green and blue; transparency is
 * composited over white; a photograph is turned as its Exif data say; colour profiles and gamma are ignored. Refused,
 * by name: animated GIF and PNG, CMYK, 12-bit, lossless and arithmetically coded JPEG, compressed BMP, WebP and every
 * other format.
 */
public final class ImageDecoder implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The largest number of pixels that can be allowed. */
    public static final long MOST_PIXELS = 1L << 28;

    private static final int OPAQUE = 255;

    /** Names of formats by the beginning of their files. */
    private static final Map<Pattern, String> FORMATS = Map.ofEntries(
            format("\u0089PNG\r\n\u001a\n", "PNG"),
            format("\u00ff\u00d8\u00ff", "JPEG"),
            format("GIF8[79]a", "GIF"),
            format("BM", "BMP"),
            format("RIFF....WEBP", "WebP"),
            format("II\\*\0|MM\0\\*", "TIFF"),
            format("....ftypavi[fs]", "AVIF"),
            format("....ftyp(hei|hev|mif1|msf1)", "HEIF"),
            format("\u00ff\n|\0\0\0\fJXL ", "JPEG XL"),
            format("\0\0\0\fjP  |\u00ffO\u00ffQ", "JPEG 2000"));

    private final long mostPixels;

    /** @param mostPixels width times height of the largest image, 1 to {@link #MOST_PIXELS} */
    public ImageDecoder(long mostPixels) {
        if (mostPixels < 1 || mostPixels > MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "the most pixels must be 1 to " + MOST_PIXELS + ", but are " + mostPixels);
        }
        this.mostPixels = mostPixels;
    }

    /**
     * Decodes an image.
     *
     * @throws BadImageException if the bytes are not an image, or the image is damaged, too large or of a refused kind
     */
    public Pixels decode(byte[] encoded) throws BadImageException {
        EncodedImage image = checked(encoded);
        BufferedImage decoded = decompressed(image);
        if (decoded.getWidth() != image.width() || decoded.getHeight() != image.height()) {
            throw damaged(image);
        }
        return pixels(decoded, image.orientation());
    }

    private EncodedImage checked(byte[] file) throws BadImageException {
        String format = format(file);
        return switch (format) {
            case "PNG" -> PngFile.essential(file, mostPixels);
            case "JPEG" -> JpegFile.essential(file, mostPixels);
            case "GIF" -> GifFile.essential(file, mostPixels);
            case "BMP" -> BmpFile.checked(file, mostPixels);
            case "" ->
                throw new BadImageException("is " + (file.length == 0 ? "an empty file" : "not a PNG, JPEG, GIF or BMP")
                        + ", which cannot be read: convert it to PNG or JPEG");
            default ->
                throw new BadImageException("is " + format + ", which cannot be read: convert it to PNG or JPEG");
        };
    }

    /** Whether a file begins as an image does, of a format that can be read or not. */
    public static boolean isImage(byte[] file) {
        return !format(file).isEmpty();
    }

    /** The name of an image's format; empty if it is unknown. */
    private static String format(byte[] file) {
        String head = new String(file, 0, Math.min(file.length, 16), StandardCharsets.ISO_8859_1);
        for (Map.Entry<Pattern, String> known : FORMATS.entrySet()) {
            if (known.getKey().matcher(head).lookingAt()) {
                return known.getValue();
            }
        }
        return "";
    }

    private static Map.Entry<Pattern, String> format(String beginning, String name) {
        return Map.entry(Pattern.compile(beginning, Pattern.DOTALL), name);
    }

    private static BufferedImage decompressed(EncodedImage image) throws BadImageException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(image.format()).next();
        AtomicBoolean corrupt = new AtomicBoolean();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(image.bytes()))) {
            reader.setInput(in, true, true);
            // Where data is corrupt, libjpeg invents pixels and only warns, in these words.
            reader.addIIOReadWarningListener(
                    (source, warning) -> corrupt.compareAndSet(false, warning.matches("(?s)(Corrupt|Premature).*")));
            BufferedImage decoded = reader.read(0);
            if (corrupt.get()) {
                throw damaged(image);
            }
            return decoded;
        } catch (IOException | RuntimeException e) {
            // The JDK's readers throw exceptions of any kind for a damaged file.
            throw damaged(image);
        } finally {
            reader.dispose();
        }
    }

    private static BadImageException damaged(EncodedImage image) {
        return new BadImageException("is a damaged " + image.format().toUpperCase(Locale.ROOT));
    }

    private static Pixels pixels(BufferedImage image, Orientation orientation) {
        int width = image.getWidth();
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        byte[] rgb = new byte[width * image.getHeight() * Pixels.CHANNELS];
        int[] row = new int[width * bands];
        Samples samples = Samples.of(image.getColorModel(), bands);
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int argb = samples.argb(row, x * bands);
                int alpha = argb >>> 24;
                int at = orientation.shownAt(x, y, width, image.getHeight()) * Pixels.CHANNELS;
                rgb[at] = overWhite(argb >> 16, alpha);
                rgb[at + 1] = overWhite(argb >> 8, alpha);
                rgb[at + 2] = overWhite(argb, alpha);
            }
        }
        return orientation.turns()
                ? new Pixels(image.getHeight(), width, rgb)
                : new Pixels(width, image.getHeight(), rgb);
    }

    private static byte overWhite(int channel, int alpha) {
        return (byte) (((channel & 0xFF) * alpha + 255 * (OPAQUE - alpha) + 127) / 255);
    }

    /**
     * Reads a pixel's samples as they are stored. {@link BufferedImage#getRGB} would take grey for linear light and
     * brighten it.
     */
    private interface Samples {

        int argb(int[] samples, int at);

        static Samples of(ColorModel model, int bands) {
            if (model instanceof IndexColorModel palette) {
                return (samples, at) -> palette.getRGB(samples[at]);
            }
            int green = bands > 2 ? 1 : 0;
            int blue = bands > 2 ? 2 : 0;
            boolean alpha = bands == 2 || bands == 4;
            return (samples, at) -> (alpha ? scaled(samples[at + bands - 1], model, bands - 1) : OPAQUE) << 24
                    | scaled(samples[at], model, 0) << 16
                    | scaled(samples[at + green], model, green) << 8
                    | scaled(samples[at + blue], model, blue);
        }

        private static int scaled(int sample, ColorModel model, int band) {
            int most = (1 << model.getComponentSize(band)) - 1;
            return most == 255 ? sample : (int) ((sample * 255L + most / 2) / most);
        }
    }
}
