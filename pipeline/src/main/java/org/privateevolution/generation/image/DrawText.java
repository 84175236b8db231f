package org.privateevolution.generation.image;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SimulatedImage;

/**
 * Draws a short text of the label, white on black: the simulator of Sim-PE for MNIST (Lin et al. 2025, section 5.1).
 *
 * <p>An image has five parameters: font, text, size in pixels an em, stroke in pixels that outlines are widened to either
 * side, and rotation in degrees clockwise. The box of the text's ink stands in the middle of the image. Unlike in the
 * reference, the last three need not be whole numbers.
 *
 * <p>Outlines are taken from the font files when this is made: unhinted, without kerning, at a large size. Images are
 * drawn from these by the JDK's own rasteriser, so that no system font and no font library has a say where they are drawn.
 */
public final class DrawText implements Simulator {

    private static final long serialVersionUID = 1L;

    private static final int FONT = 0;
    private static final int TEXT = 1;
    private static final int SIZE = 2;
    private static final int STROKE = 3;
    private static final int ROTATION = 4;

    private static final float EM = 2048;
    private static final int MOST_NAMED = 5;

    private final Settings settings;
    private final List<Parameters> byLabel;
    /** Those of every label: any text. */
    private final Parameters all;

    /** By font, then by text; the texts of all labels in a row. */
    private final List<List<Path2D.Float>> outlines;

    private final String fingerprint;

    /**
     * What is drawn.
     *
     * @param size pixels an em
     * @param stroke pixels by which outlines are widened to either side
     * @param rotation degrees
     */
    public record Settings(int width, int height, Range size, Range stroke, Range rotation, Degrees degrees)
            implements Serializable {
        public Settings {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("images must be at least 1 x 1, but are " + width + " x " + height);
            }
            if (!(size.low() > 0) || !(stroke.low() >= 0)) {
                throw new IllegalArgumentException(
                        "sizes must be above 0 and strokes at least 0, but are " + size + " and " + stroke);
            }
        }

        /** The settings published for MNIST. */
        public static Settings mnist() {
            return new Settings(28, 28, new Range(10, 29), new Range(0, 2), new Range(-30, 30), Degrees.mnist());
        }
    }

    /**
     * How far a variation goes, by completed votes: for font and text the probability of drawing them anew, for the others
     * the most they move.
     */
    public record Degrees(Schedule font, Schedule text, Schedule size, Schedule stroke, Schedule rotation)
            implements Serializable {

        /** The settings published for MNIST, where a label has one text. */
        public static Degrees mnist() {
            return new Degrees(
                    Schedule.of(1, 0.8, 0.4, 0.2, 0),
                    Schedule.of(0),
                    Schedule.of(6, 5, 4, 3, 2),
                    Schedule.of(1, 1, 1, 0, 0),
                    Schedule.of(11, 9, 7, 5, 3));
        }
    }

    /**
     * Reads the fonts.
     *
     * @param fonts at least one
     * @param texts at least one for each label, in index order
     * @throws IllegalArgumentException if a file is no font, or a font lacks a character of the texts
     */
    public DrawText(List<FontFile> fonts, List<List<String>> texts, Settings settings) {
        if (fonts.isEmpty() || texts.isEmpty() || texts.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("at least one font, one label and one text for each label are needed");
        }
        this.settings = settings;
        List<String> allTexts = texts.stream().flatMap(List::stream).toList();
        this.byLabel = byLabel(fonts.size(), texts, settings);
        this.all = parameters(fonts.size(), 0, allTexts.size(), settings);
        this.outlines = outlines(fonts, allTexts);
        this.fingerprint = fingerprint(fonts, texts, settings);
    }

    private static List<Parameters> byLabel(int fonts, List<List<String>> texts, Settings settings) {
        List<Parameters> byLabel = new ArrayList<>();
        int first = 0;
        for (List<String> ofLabel : texts) {
            byLabel.add(parameters(fonts, first, ofLabel.size(), settings));
            first += ofLabel.size();
        }
        return List.copyOf(byLabel);
    }

    private static Parameters parameters(int fonts, int firstText, int texts, Settings settings) {
        Degrees degrees = settings.degrees();
        return new Parameters(List.of(
                new Parameter.Choice(0, fonts, degrees.font()),
                new Parameter.Choice(firstText, texts, degrees.text()),
                new Parameter.Quantity(settings.size(), degrees.size()),
                new Parameter.Quantity(settings.stroke(), degrees.stroke()),
                new Parameter.Quantity(settings.rotation(), degrees.rotation())));
    }

    private static List<List<Path2D.Float>> outlines(List<FontFile> fonts, List<String> texts) {
        FontRenderContext unhinted = new FontRenderContext(null, true, true);
        List<String> lacking = new ArrayList<>();
        List<List<Path2D.Float>> outlines = new ArrayList<>();
        for (FontFile file : fonts) {
            Font font = file.open().deriveFont(EM);
            if (!texts.stream().allMatch(text -> font.canDisplayUpTo(text) < 0)) {
                lacking.add(file.name());
            }
            outlines.add(texts.stream()
                    .map(text -> new Path2D.Float(
                            font.createGlyphVector(unhinted, text).getOutline()))
                    .toList());
        }
        if (!lacking.isEmpty()) {
            throw new IllegalArgumentException(lacking.size() + " of " + fonts.size()
                    + " fonts lack a character of the texts, for instance "
                    + String.join(", ", lacking.subList(0, Math.min(MOST_NAMED, lacking.size())))
                    + ": take them out");
        }
        return List.copyOf(outlines);
    }

    private static String fingerprint(List<FontFile> fonts, List<List<String>> texts, Settings settings) {
        MessageDigest digest = sha256();
        for (FontFile font : fonts) {
            digest.update(sha256().digest(font.bytes()));
        }
        for (List<String> ofLabel : texts) {
            digest.update((byte) 0);
            for (String text : ofLabel) {
                digest.update(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        digest.update(settings.toString().getBytes(StandardCharsets.UTF_8));
        return "draw-text " + HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public SimulatedImage random(int label, Seed seed) {
        return byLabel.get(label).random(seed);
    }

    @Override
    public SimulatedImage vary(SimulatedImage parent, int label, int iteration, Seed seed) {
        return byLabel.get(label).vary(parent, iteration, seed);
    }

    @Override
    public Pixels draw(SimulatedImage image) {
        all.require(image);
        Path2D outline = outlines.get((int) image.parameter(FONT)).get((int) image.parameter(TEXT));
        Shape shape = placement(outline.getBounds2D(), image).createTransformedShape(outline);
        try (Canvas canvas = new Canvas(settings.width(), settings.height(), Color.BLACK)) {
            canvas.graphics().setColor(Color.WHITE);
            canvas.graphics().fill(shape);
            if (image.parameter(STROKE) > 0) {
                float widened = (float) (2 * image.parameter(STROKE));
                canvas.graphics().setStroke(new BasicStroke(widened, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                canvas.graphics().draw(shape);
            }
            return canvas.pixels();
        }
    }

    private AffineTransform placement(Rectangle2D ink, SimulatedImage image) {
        AffineTransform placement =
                AffineTransform.getTranslateInstance(settings.width() / 2.0, settings.height() / 2.0);
        // Math.sin may differ in the last bit from machine to machine; StrictMath does not.
        double radians = image.parameter(ROTATION) / 180 * Math.PI;
        placement.rotate(StrictMath.cos(radians), StrictMath.sin(radians));
        placement.scale(image.parameter(SIZE) / EM, image.parameter(SIZE) / EM);
        placement.translate(-ink.getCenterX(), -ink.getCenterY());
        return placement;
    }

    @Override
    public int width() {
        return settings.width();
    }

    @Override
    public int height() {
        return settings.height();
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }
}
