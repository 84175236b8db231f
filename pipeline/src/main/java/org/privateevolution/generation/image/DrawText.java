package org.privateevolution.generation.image;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.privateevolution.model.DrawTextSettings;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SimulatedImage;

/**
 * Draws a short text of the label, white on black: the simulator of Sim-PE for MNIST (Lin et al. 2025, section 5.1).
 *
 * <p>An image has five parameters: font, text, size in pixels per em, stroke in pixels by which outlines are widened to
 * either side, and rotation in degrees clockwise. The bounding box of the text's ink is centred in the image. Unlike in
 * the reference, the last three need not be whole numbers.
 *
 * <p>Outlines are taken from the font files when this is constructed: unhinted, without kerning, at a large size. The
 * JDK's own rasteriser draws images from them, so the images do not depend on the fonts and font libraries of the
 * machine that draws them.
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

    private final DrawTextSettings settings;
    private final List<Parameters> byLabel;
    /** Parameters that cover all labels: any text. */
    private final Parameters all;

    /** Outlines by font, then by text; the texts of all labels in one list. */
    private final List<List<Path2D.Float>> outlines;

    /**
     * Reads the fonts.
     *
     * @param fonts at least one
     * @param texts at least one text per label, in index order
     * @throws IllegalArgumentException if a file is not a font, or a font lacks a character of the texts
     */
    public DrawText(List<FontFile> fonts, List<List<String>> texts, DrawTextSettings settings) {
        if (fonts.isEmpty() || texts.isEmpty() || texts.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("at least one font, one label and one text for each label are needed");
        }
        this.settings = settings;
        List<String> allTexts = texts.stream().flatMap(List::stream).toList();
        this.byLabel = byLabel(fonts.size(), texts, settings);
        this.all = parameters(fonts.size(), 0, allTexts.size(), settings);
        this.outlines = outlines(fonts, allTexts);
    }

    private static List<Parameters> byLabel(int fonts, List<List<String>> texts, DrawTextSettings settings) {
        List<Parameters> byLabel = new ArrayList<>();
        int first = 0;
        for (List<String> ofLabel : texts) {
            byLabel.add(parameters(fonts, first, ofLabel.size(), settings));
            first += ofLabel.size();
        }
        return List.copyOf(byLabel);
    }

    private static Parameters parameters(int fonts, int firstText, int texts, DrawTextSettings settings) {
        DrawTextSettings.Degrees degrees = settings.degrees();
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
                    + ": remove them");
        }
        return List.copyOf(outlines);
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
}
