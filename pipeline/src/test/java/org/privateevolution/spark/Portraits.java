package org.privateevolution.spark;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.generation.image.Avatar;
import org.privateevolution.generation.image.Simulator;
import org.privateevolution.image.Png;
import org.privateevolution.model.Pixels;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Schedule;
import org.privateevolution.model.Seed;

/** Private portraits, and runs on them. */
final class Portraits {

    static final int COUNT = 23;
    static final int SIDE = 11;

    private static final Simulator PAINTER = new Avatar(SIDE, SIDE, Schedule.of(0.5), Schedule.of(0.5));

    private static final String RUN =
            """
            name: portraits
            seed: 5
            private_data: {format: image-folder, path: %s, partitions: 2}
            labels: {column: label, values: [cats, dogs]}
            privacy: {noise_multiplier: 1.5, delta: 1e-5, ledger: %2$s/ledger}
            evolution: {schedule: [13, 7, 7], selection: sample, lookahead: 2, lookahead_self: true}
            images:
              embedding: {width: 5, height: 4}
              avatar: {width: 12, height: 10}
            output: {path: %s, formats: [png, parquet]}
            """;

    private Portraits() {}

    /** Pixels of a private portrait. */
    static Pixels portrait(int number) {
        return PAINTER.draw(PAINTER.random(0, new Seed(100 + number)));
    }

    /** Label of a private portrait. */
    static String folderOf(int number) {
        return number % 3 == 0 ? "cats" : "dogs";
    }

    /** Writes the private portraits as {@code private/<label>/portrait-<number>.png}; returns the folder. */
    static Path write(Path folder) throws IOException {
        Path root = folder.resolve("private");
        for (int i = 0; i < COUNT; i++) {
            Path file = root.resolve(folderOf(i)).resolve("portrait-" + i + ".png");
            Files.createDirectories(file.getParent());
            Files.write(file, Png.encode(portrait(i)));
        }
        return root;
    }

    static RunSpec run(Path privateFolder, Path output, String... overrides) {
        return RunConfiguration.parse(RUN.formatted(privateFolder, output), "portraits.yaml", List.of(overrides));
    }

    /** Locations of IDX files. */
    record Packed(String images, String labels) {}

    /** Writes grey squares of {@link #SIDE} pixels as gzipped IDX, square n of brightness 10 n and label n % 10. */
    static Packed writePacked(Path folder, int count) throws IOException {
        Path images = folder.resolve("images.idx3-ubyte.gz");
        Path labels = folder.resolve("labels.idx1-ubyte");
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(images)));
                DataOutputStream names = new DataOutputStream(Files.newOutputStream(labels))) {
            out.writeInt(0x0803);
            out.writeInt(count);
            out.writeInt(SIDE);
            out.writeInt(SIDE);
            names.writeInt(0x0801);
            names.writeInt(count);
            for (int n = 0; n < count; n++) {
                byte[] square = new byte[SIDE * SIDE];
                Arrays.fill(square, (byte) (10 * n));
                out.write(square);
                names.writeByte(n % 10);
            }
        }
        return new Packed(images.toString(), labels.toString());
    }
}
