package org.privateevolution.generation.image;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.privateevolution.model.DrawTextSettings;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Range;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SimulatedImage;

/** Simulators of text with two fonts made for tests. As a program it prints a checksum of what they draw. */
final class DrawTexts {

    /** A bar and a triangle; the other font has a square and a wide bar. */
    static final List<FontFile> FONTS = List.of(
            new FontFile(
                    "plain.ttf",
                    TinyFont.of(
                            "Plain",
                            Map.of(
                                    '1', new int[] {400, 0, 400, 700, 600, 700, 600, 0},
                                    '2', new int[] {100, 0, 500, 700, 900, 0}))),
            new FontFile(
                    "other.ttf",
                    TinyFont.of(
                            "Other",
                            Map.of(
                                    '1', new int[] {200, 0, 200, 600, 800, 600, 800, 0},
                                    '2', new int[] {0, 300, 0, 400, 1000, 400, 1000, 300}))));

    static final List<List<String>> TEXTS = List.of(List.of("1"), List.of("2", "12"));

    /** The settings published for MNIST, where a label has one text. */
    static final DrawTextSettings.Degrees MNIST = new DrawTextSettings.Degrees(
            Schedule.of(1, 0.8, 0.4, 0.2, 0),
            Schedule.of(0),
            Schedule.of(6, 5, 4, 3, 2),
            Schedule.of(1, 1, 1, 0, 0),
            Schedule.of(11, 9, 7, 5, 3));

    private DrawTexts() {}

    static DrawText simulator(DrawTextSettings.Degrees degrees) {
        return new DrawText(FONTS, TEXTS, settings(degrees));
    }

    static DrawTextSettings settings(DrawTextSettings.Degrees degrees) {
        return new DrawTextSettings(28, 28, new Range(10, 29), new Range(0, 2), new Range(-30, 30), degrees);
    }

    static SimulatedImage image(int font, int text, double size, double stroke, double rotation) {
        return new SimulatedImage(new double[] {font, text, size, stroke, rotation});
    }

    static String checksum(Simulator simulator, int images) {
        CRC32 crc = new CRC32();
        for (int i = 0; i < images; i++) {
            Pixels pixels = simulator.draw(simulator.random(i % 2, new Seed(i)));
            crc.update(pixels.rgb());
        }
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    public static void main(String[] args) {
        System.out.println(checksum(simulator(MNIST), 300) + " "
                + checksum(new Avatar(41, 37, Schedule.of(1), Schedule.of(1)), 30));
    }
}
