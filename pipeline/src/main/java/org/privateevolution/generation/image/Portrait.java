package org.privateevolution.generation.image;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Arrays;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Range;
import org.privateevolution.model.SimulatedImage;

/** One portrait of {@link Avatar}, painted from back to front on a square of 100 x 100 units. */
final class Portrait {

    private static final double UNITS = 100;

    private static final Color[] BACKGROUNDS =
            colors(0xCFE3F2, 0xF4D9C6, 0xD7EAD3, 0xE6DAF0, 0xF6EBC4, 0xC9D2DC, 0xF2CFD4, 0xBFE0DC);
    private static final Color[] CLOTHES =
            colors(0x2F4B6E, 0x8C2F39, 0x3F7D58, 0xE0A030, 0x6B4C8A, 0x333333, 0xEFEFEF, 0x2A9D8F);
    private static final Color[] HAIR =
            colors(0x1C1713, 0x3B2416, 0x6A4024, 0x9A6A3A, 0xD9B36C, 0xB5522B, 0x8E8E8E, 0xE8E4DC);
    private static final Color[] IRISES = colors(0x4A2F1B, 0x6B7F3A, 0x3E6FA3, 0x5C6B73);
    /** From dark to light. */
    private static final Color[] SKIN = colors(0x4A2C1D, 0x7A4A2E, 0xA86F48, 0xD19A70, 0xEBC19C, 0xF8DEC8);

    /** The traits of a portrait, in the order of its parameters; a trait without options is a number from 0 to 1. */
    enum Trait {
        BACKGROUND(BACKGROUNDS.length),
        CLOTHES_COLOR(CLOTHES.length),
        COLLAR(3),
        HAIR_STYLE(HairStyle.values().length),
        HAIR_COLOR(HAIR.length),
        IRIS(IRISES.length),
        MOUTH(3),
        BEARD(4),
        GLASSES(4),
        SKIN_TONE(0),
        FACE_WIDTH(0),
        FACE_LENGTH(0),
        JAW(0),
        EYE_SIZE(0),
        EYE_DISTANCE(0),
        BROW_WEIGHT(0),
        BROW_TILT(0),
        NOSE_LENGTH(0),
        MOUTH_WIDTH(0),
        SMILE(0),
        LEAN(0);

        private final int options;

        Trait(int options) {
            this.options = options;
        }

        int options() {
            return options;
        }
    }

    private enum HairStyle {
        BALD,
        SHORT,
        PARTED,
        FRINGE,
        LONG,
        CURLS,
        BUN
    }

    private static final double EYE_LEVEL = -1;

    private final SimulatedImage image;
    private final HairStyle hairStyle;
    private final Color hair;
    private final Color skin;
    private final double faceWidth;
    private final double faceLength;
    private final double eyeDistance;
    private final double eyeSize;
    private final double mouthLevel;

    Portrait(SimulatedImage image) {
        this.image = image;
        this.hairStyle = HairStyle.values()[choice(Trait.HAIR_STYLE)];
        this.hair = HAIR[choice(Trait.HAIR_COLOR)];
        this.skin = skin(number(Trait.SKIN_TONE, 0, 1));
        this.faceWidth = number(Trait.FACE_WIDTH, 19, 25);
        this.faceLength = number(Trait.FACE_LENGTH, 25, 31);
        this.eyeDistance = number(Trait.EYE_DISTANCE, 0.38, 0.5) * faceWidth;
        this.eyeSize = number(Trait.EYE_SIZE, 2.8, 4.4);
        this.mouthLevel = 0.58 * faceLength;
    }

    private static Color[] colors(int... rgb) {
        return Arrays.stream(rgb).mapToObj(Color::new).toArray(Color[]::new);
    }

    private int choice(Trait trait) {
        return (int) image.parameter(trait.ordinal());
    }

    private double number(Trait trait, double low, double high) {
        return new Range(low, high).at(image.parameter(trait.ordinal()));
    }

    private static Color skin(double tone) {
        double place = tone * (SKIN.length - 1);
        int below = Math.min(SKIN.length - 2, (int) place);
        return mixed(SKIN[below], SKIN[below + 1], place - below);
    }

    private static Color mixed(Color from, Color to, double share) {
        return new Color(
                (int) Math.round(from.getRed() + share * (to.getRed() - from.getRed())),
                (int) Math.round(from.getGreen() + share * (to.getGreen() - from.getGreen())),
                (int) Math.round(from.getBlue() + share * (to.getBlue() - from.getBlue())));
    }

    private static Color darker(Color color, double share) {
        return mixed(color, Color.BLACK, share);
    }

    Pixels draw(int width, int height) {
        try (Canvas canvas = new Canvas(width, height, BACKGROUNDS[choice(Trait.BACKGROUND)])) {
            Graphics2D g = canvas.graphics();
            g.scale(width / UNITS, height / UNITS);
            // From here on, the origin is the centre of the face.
            g.translate(50 + number(Trait.LEAN, -4, 4), 46);
            hairBehind(g);
            body(g);
            head(g);
            beard(g);
            eye(g, -1);
            eye(g, 1);
            nose(g);
            mouth(g);
            hairInFront(g);
            glasses(g);
            return canvas.pixels();
        }
    }

    private static Shape ellipse(double x, double y, double halfWidth, double halfHeight) {
        return new Ellipse2D.Double(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight);
    }

    private static void fill(Graphics2D g, Color color, Shape shape) {
        g.setColor(color);
        g.fill(shape);
    }

    private static void line(Graphics2D g, Color color, double width, Shape shape) {
        g.setColor(color);
        g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(shape);
    }

    private void hairBehind(Graphics2D g) {
        switch (hairStyle) {
            case LONG -> {
                double side = faceWidth + 6;
                Path2D mane = new Path2D.Double();
                mane.moveTo(-side, 2);
                mane.curveTo(-side, -faceLength - 12, side, -faceLength - 12, side, 2);
                mane.curveTo(side + 1, 22, side + 3, 34, side - 1, 42);
                mane.lineTo(-side + 1, 42);
                mane.curveTo(-side - 3, 34, -side - 1, 22, -side, 2);
                fill(g, darker(hair, 0.15), mane);
            }
            case BUN -> fill(g, darker(hair, 0.1), ellipse(0, -faceLength - 5, 9, 8));
            case CURLS -> {
                for (int i = 0; i <= 12; i++) {
                    double angle = Math.PI * (0.9 + 1.2 * i / 12);
                    fill(
                            g,
                            darker(hair, i % 2 == 0 ? 0.15 : 0.05),
                            ellipse(
                                    (faceWidth + 3) * StrictMath.cos(angle),
                                    -3 + faceLength * StrictMath.sin(angle),
                                    8,
                                    8));
                }
            }
            case BALD, SHORT, PARTED, FRINGE -> {
                // Nothing behind the head is visible.
            }
        }
    }

    private void body(Graphics2D g) {
        double top = 37;
        Color cloth = CLOTHES[choice(Trait.CLOTHES_COLOR)];
        fill(g, cloth, new RoundRectangle2D.Double(-36, top, 72, 60, 44, 40));
        double neck = 0.42 * faceWidth;
        fill(g, darker(skin, 0.12), new RoundRectangle2D.Double(-neck, 12, 2 * neck, top - 6, neck, neck));
        switch (choice(Trait.COLLAR)) {
            case 0 -> line(g, darker(cloth, 0.25), 2.2, new QuadCurve2D.Double(-12, top, 0, top + 16, 12, top));
            case 1 -> {
                Path2D open = new Path2D.Double();
                open.moveTo(-neck, top);
                open.lineTo(0, top + 15);
                open.lineTo(neck, top);
                open.closePath();
                fill(g, darker(skin, 0.12), open);
                line(g, mixed(cloth, Color.WHITE, 0.4), 2.6, open);
            }
            default ->
                fill(g, darker(cloth, 0.2), new RoundRectangle2D.Double(-neck - 3, top - 7, 2 * neck + 6, 13, 6, 6));
        }
    }

    private Path2D face() {
        double jaw = number(Trait.JAW, 0.45, 0.95) * faceWidth;
        double round = 0.5523;
        Path2D face = new Path2D.Double();
        face.moveTo(-faceWidth, 0);
        face.curveTo(-faceWidth, -round * faceLength, -round * faceWidth, -faceLength, 0, -faceLength);
        face.curveTo(round * faceWidth, -faceLength, faceWidth, -round * faceLength, faceWidth, 0);
        face.curveTo(faceWidth, 0.6 * faceLength, jaw, faceLength, 0, faceLength);
        face.curveTo(-jaw, faceLength, -faceWidth, 0.6 * faceLength, -faceWidth, 0);
        face.closePath();
        return face;
    }

    private void head(Graphics2D g) {
        Color ear = darker(skin, 0.08);
        fill(g, ear, ellipse(-faceWidth, 2, 4, 6));
        fill(g, ear, ellipse(faceWidth, 2, 4, 6));
        fill(g, skin, face());
        Color blush = new Color(220, 90, 80, 40);
        fill(g, blush, ellipse(-0.55 * faceWidth, 0.35 * faceLength, 4.5, 3));
        fill(g, blush, ellipse(0.55 * faceWidth, 0.35 * faceLength, 4.5, 3));
    }

    private void beard(Graphics2D g) {
        int kind = choice(Trait.BEARD);
        Color color = darker(hair, 0.1);
        if (kind == 1) {
            line(g, color, 3, new QuadCurve2D.Double(-6, mouthLevel - 3.2, 0, mouthLevel - 6, 6, mouthLevel - 3.2));
        } else if (kind > 1) {
            Area full = new Area(face());
            full.subtract(new Area(ellipse(0, kind == 2 ? -2 : -6, 0.97 * faceWidth, 0.57 * faceLength + 4)));
            full.subtract(new Area(new Rectangle2D.Double(-UNITS, -UNITS, 2 * UNITS, UNITS)));
            // Stubble, or a full beard.
            fill(g, kind == 2 ? mixed(skin, color, 0.35) : color, full);
        }
    }

    /** @param side -1 for the left eye, 1 for the right eye, from the viewer's side */
    private void eye(Graphics2D g, int side) {
        double x = side * eyeDistance;
        fill(g, Color.WHITE, ellipse(x, EYE_LEVEL, eyeSize * 1.25, eyeSize));
        fill(g, IRISES[choice(Trait.IRIS)], ellipse(x, EYE_LEVEL, eyeSize * 0.68, eyeSize * 0.68));
        fill(g, Color.BLACK, ellipse(x, EYE_LEVEL, eyeSize * 0.34, eyeSize * 0.34));
        fill(g, Color.WHITE, ellipse(x + eyeSize * 0.22, EYE_LEVEL - eyeSize * 0.25, 0.6, 0.6));
        double browLevel = EYE_LEVEL - eyeSize - 3;
        double tilt = number(Trait.BROW_TILT, -2, 2);
        double half = 1.5 * eyeSize;
        line(
                g,
                darker(hair, 0.25),
                number(Trait.BROW_WEIGHT, 0.8, 2.2),
                new QuadCurve2D.Double(
                        x - side * half, browLevel - tilt, x, browLevel - 2.2, x + side * half, browLevel + tilt));
    }

    private void nose(Graphics2D g) {
        double tip = number(Trait.NOSE_LENGTH, 0.22, 0.38) * faceLength;
        Path2D nose = new Path2D.Double();
        nose.moveTo(1, EYE_LEVEL + 3);
        nose.curveTo(1.5, tip - 3, 5, tip, 2.5, tip + 0.5);
        nose.quadTo(0, tip + 1.2, -2.2, tip + 0.3);
        line(g, darker(skin, 0.28), 1.2, nose);
    }

    private void mouth(Graphics2D g) {
        double half = number(Trait.MOUTH_WIDTH, 5, 9.5);
        double bend = number(Trait.SMILE, -3, 6);
        Color lips = mixed(darker(skin, 0.3), new Color(0xB03A48), 0.5);
        Shape line = new QuadCurve2D.Double(-half, mouthLevel, 0, mouthLevel + bend, half, mouthLevel);
        switch (choice(Trait.MOUTH)) {
            case 0 -> line(g, lips, 1.5, line);
            case 1 -> {
                Path2D open = new Path2D.Double();
                open.moveTo(-half, mouthLevel - 1);
                open.quadTo(0, mouthLevel + bend * 0.3 - 1, half, mouthLevel - 1);
                open.quadTo(0, mouthLevel + Math.abs(bend) + 6, -half, mouthLevel - 1);
                fill(g, new Color(0x6B1F2A), open);
                Area teeth = new Area(open);
                teeth.intersect(new Area(new Rectangle2D.Double(-half, mouthLevel - 4, 2 * half, 5.2)));
                fill(g, Color.WHITE, teeth);
                line(g, lips, 1, open);
            }
            default -> {
                line(g, lips, 3, line);
                line(g, darker(lips, 0.35), 0.8, line);
            }
        }
    }

    private void hairInFront(Graphics2D g) {
        if (hairStyle == HairStyle.BALD) {
            return;
        }
        Area cap = new Area(ellipse(0, -1, faceWidth + 2.5, faceLength + 3.5));
        double line = -0.52 * faceLength;
        Path2D bare = new Path2D.Double();
        double side = faceWidth + 4;
        bare.moveTo(-side, UNITS);
        bare.lineTo(-faceWidth + 1.5, -1);
        switch (hairStyle) {
            case PARTED -> {
                bare.curveTo(-faceWidth + 2, line, -faceWidth + 6, line - 4, -0.45 * faceWidth, line - 7);
                bare.curveTo(0.1 * faceWidth, line + 1, 0.7 * faceWidth, line + 3, faceWidth - 1.5, -1);
            }
            case FRINGE, BUN -> {
                double low = hairStyle == HairStyle.FRINGE ? -0.36 * faceLength : line - 3;
                bare.curveTo(-faceWidth + 3, low, -faceWidth + 5, low, -0.5 * faceWidth, low);
                bare.lineTo(0.5 * faceWidth, low);
                bare.curveTo(faceWidth - 5, low, faceWidth - 3, low, faceWidth - 1.5, -1);
            }
            default -> bare.curveTo(-faceWidth + 3, line - 8, faceWidth - 3, line - 8, faceWidth - 1.5, -1);
        }
        bare.lineTo(side, UNITS);
        bare.closePath();
        cap.subtract(new Area(bare));
        cap.subtract(new Area(new Rectangle2D.Double(-UNITS, 4, 2 * UNITS, UNITS)));
        fill(g, hair, cap);
        if (hairStyle == HairStyle.CURLS) {
            for (int i = -3; i <= 3; i++) {
                fill(
                        g,
                        darker(hair, i % 2 == 0 ? 0 : 0.1),
                        ellipse(i * faceWidth / 3.4, -faceLength * (0.86 - 0.045 * i * i), 6, 5.5));
            }
        }
    }

    private void glasses(Graphics2D g) {
        int kind = choice(Trait.GLASSES);
        if (kind == 0) {
            return;
        }
        double half = Math.min(eyeDistance - 1.2, 1.9 * eyeSize);
        Color frame = new Color(0x2B2B2B);
        for (int side = -1; side <= 1; side += 2) {
            double x = side * eyeDistance;
            Shape lens = kind == 1
                    ? ellipse(x, EYE_LEVEL, half, half)
                    : new RoundRectangle2D.Double(x - half, EYE_LEVEL - 0.75 * half, 2 * half, 1.5 * half, 4, 4);
            fill(g, kind == 3 ? new Color(20, 20, 30, 225) : new Color(255, 255, 255, 45), lens);
            line(g, frame, 1.3, lens);
            line(
                    g,
                    frame,
                    1.1,
                    new QuadCurve2D.Double(
                            x + side * half, EYE_LEVEL, side * faceWidth, EYE_LEVEL - 1, side * faceWidth, EYE_LEVEL));
        }
        line(
                g,
                frame,
                1.3,
                new QuadCurve2D.Double(half - eyeDistance, EYE_LEVEL, 0, EYE_LEVEL - 2, eyeDistance - half, EYE_LEVEL));
    }
}
