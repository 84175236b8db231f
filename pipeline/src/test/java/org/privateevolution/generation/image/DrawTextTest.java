package org.privateevolution.generation.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privateevolution.model.DrawTextSettings;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.Seed;
import org.privateevolution.model.SimulatedImage;

class DrawTextTest {

    private static final DrawText SIMULATOR = DrawTexts.simulator(DrawTexts.MNIST);

    /** The box of the pixels that are not black: left, top, right, bottom. */
    private static int[] ink(Pixels image) {
        int[] box = {image.width(), image.height(), -1, -1};
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                if (image.rgb()[(y * image.width() + x) * 3] != 0) {
                    box = new int[] {Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)
                    };
                }
            }
        }
        return box;
    }

    @Test
    void inkStandsInTheMiddleAtItsSize() {
        Pixels bar = SIMULATOR.draw(DrawTexts.image(0, 0, 20, 0, 0));

        // 0.2 em wide and 0.7 em high about the middle of 28 x 28.
        assertThat(ink(bar)).containsExactly(12, 7, 15, 20);
        for (int x = 12; x <= 15; x++) {
            for (int y = 7; y <= 20; y++) {
                assertThat(bar.rgb()[(y * 28 + x) * 3 + 1]).isEqualTo((byte) 255);
            }
        }
    }

    @Test
    void strokeWidensAndRotationTurns() {
        assertThat(ink(SIMULATOR.draw(DrawTexts.image(0, 0, 20, 2, 0)))).containsExactly(10, 5, 17, 22);

        int[] turned = ink(SIMULATOR.draw(DrawTexts.image(0, 0, 20, 0, 30)));
        // Half of 14 sin 30 + 4 cos 30 = 10.46 wide.
        assertThat(turned[0]).isEqualTo(8);
        assertThat(turned[2]).isEqualTo(19);
        byte[] clockwise = SIMULATOR.draw(DrawTexts.image(0, 0, 20, 0, 30)).rgb();
        assertThat(clockwise[(8 * 28 + 17) * 3] & 0xFF)
                .as("the top leans to the right")
                .isGreaterThan(200);
        assertThat(clockwise[(8 * 28 + 10) * 3]).isZero();
    }

    @Test
    void fontsAndTextsAreDrawn() {
        assertThat(ink(SIMULATOR.draw(DrawTexts.image(1, 1, 20, 0, 0)))).containsExactly(4, 13, 23, 14);
        int[] two = ink(SIMULATOR.draw(DrawTexts.image(1, 2, 10, 0, 0)));
        assertThat(two[2] - two[0]).as("a square and a wide bar behind it").isGreaterThanOrEqualTo(17);
    }

    @Test
    void randomImagesCoverTheirLabelsParameters() {
        List<SimulatedImage> images = IntStream.range(0, 400)
                .mapToObj(i -> SIMULATOR.random(1, new Seed(i)))
                .toList();

        assertThat(images.stream()
                        .mapToDouble(image -> image.parameter(0))
                        .distinct()
                        .sorted())
                .containsExactly(0.0, 1.0);
        assertThat(images.stream()
                        .mapToDouble(image -> image.parameter(1))
                        .distinct()
                        .sorted())
                .containsExactly(1.0, 2.0);
        assertThat(images).allSatisfy(image -> {
            assertThat(image.parameter(2)).isBetween(10.0, 29.0);
            assertThat(image.parameter(3)).isBetween(0.0, 2.0);
            assertThat(image.parameter(4)).isBetween(-30.0, 30.0);
        });
        // Each tenth of a range of 400 even draws is missed with a chance below 1e-17.
        assertThat(images.stream()
                        .mapToDouble(image -> image.parameter(4))
                        .map(r -> Math.floor(r / 6))
                        .distinct())
                .hasSize(10);
        assertThat(SIMULATOR.random(0, new Seed(3)).parameter(1)).isZero();
    }

    @Test
    void variationsKeepToTheDegreesOfTheirIteration() {
        SimulatedImage parent = DrawTexts.image(1, 2, 20, 1, 0);
        int[] steps = {6, 5, 4, 3, 2, 2, 2};
        for (int iteration = 0; iteration < steps.length; iteration++) {
            double farthest = 0;
            int redrawn = 0;
            for (int i = 0; i < 200; i++) {
                SimulatedImage variation = SIMULATOR.vary(parent, 1, iteration, new Seed(i));
                farthest = Math.max(farthest, Math.abs(variation.parameter(2) - 20));
                redrawn += variation.parameter(0) == 0 ? 1 : 0;
                assertThat(variation.parameter(1)).isEqualTo(2);
                assertThat(variation.parameter(3)).isBetween(iteration < 3 ? 0.0 : 1.0, iteration < 3 ? 2.0 : 1.0);
            }
            // All 200 moves stay below nine tenths of the most with a chance of 0.9^200, below 1e-9.
            assertThat(farthest).isBetween(0.9 * steps[iteration], (double) steps[iteration]);
            assertThat(redrawn > 0).isEqualTo(iteration < 4);
        }
        SimulatedImage edge = DrawTexts.image(0, 1, 29, 2, 30);
        assertThat(IntStream.range(0, 50).mapToObj(i -> SIMULATOR.vary(edge, 1, 0, new Seed(i))))
                .allSatisfy(variation -> assertThat(variation.parameter(2)).isLessThanOrEqualTo(29));
    }

    @Test
    void aParentOfOtherSettingsIsRefused() {
        for (SimulatedImage stranger : List.of(
                DrawTexts.image(2, 0, 20, 0, 0),
                DrawTexts.image(0, 3, 20, 0, 0),
                DrawTexts.image(0, 0, 9, 0, 0),
                DrawTexts.image(0, 0, Double.NaN, 0, 0),
                new SimulatedImage(new double[] {0, 0, 20, 0}))) {
            assertThatThrownBy(() -> SIMULATOR.draw(stranger)).hasMessageContaining("other settings");
            assertThatThrownBy(() -> SIMULATOR.vary(stranger, 0, 0, new Seed(1)))
                    .hasMessageContaining("other settings");
        }
        assertThatThrownBy(() -> SIMULATOR.vary(DrawTexts.image(0, 1, 20, 0, 0), 0, 0, new Seed(1)))
                .as("a text of another label")
                .hasMessageContaining("other settings");
    }

    @Test
    void fontsThatDoNotServeAreNamed() {
        FontFile junk = new FontFile("junk.ttf", "no font".getBytes(StandardCharsets.US_ASCII));

        DrawTextSettings settings = DrawTexts.settings(DrawTexts.MNIST);

        assertThatThrownBy(() -> new DrawText(List.of(junk), DrawTexts.TEXTS, settings))
                .hasMessageContaining("junk.ttf cannot be read");
        assertThatThrownBy(() -> new DrawText(DrawTexts.FONTS, List.of(List.of("13")), settings))
                .hasMessageContaining("2 of 2 fonts lack a character of the texts, for instance plain.ttf, other.ttf");
        assertThatThrownBy(() -> new DrawText(List.of(), DrawTexts.TEXTS, settings))
                .hasMessageContaining("at least one font");
    }

    @Test
    void aCopySentElsewhereDrawsTheSame() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(SIMULATOR);
        }
        Simulator copy;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = (Simulator) in.readObject();
        }

        assertThat(DrawTexts.checksum(copy, 30)).isEqualTo(DrawTexts.checksum(SIMULATOR, 30));
    }

    /** In a fresh process, with and without the optimising compiler. Java 25 has another rasteriser than Java 17. */
    @Test
    void everyProcessOfAJavaVersionDrawsTheSamePixels() throws Exception {
        String drawn = drawnByAnotherProcess("-Xshare:auto");

        assertThat(drawnByAnotherProcess("-XX:TieredStopAtLevel=1")).isEqualTo(drawn);
        if (Runtime.version().feature() == 17) {
            assertThat(drawn).isEqualTo("a0bcf0a9 01f780c4");
        }
    }

    private static String drawnByAnotherProcess(String option) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        option,
                        "-Djava.awt.headless=true",
                        "-cp",
                        folder(DrawText.class) + File.pathSeparator + folder(DrawTexts.class),
                        DrawTexts.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.strip();
    }

    private static String folder(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}
