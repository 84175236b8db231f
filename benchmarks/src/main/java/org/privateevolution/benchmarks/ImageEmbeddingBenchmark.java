package org.privateevolution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.image.ImageDecoder;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.spark.image.ImageRoom;
import org.privateevolution.spi.ImageEncoder;

/**
 * The image embedding of a configuration, on one thread. Measures how many images per second of processor time are
 * decoded, scaled to the frame and encoded, and how far the vectors are from reference vectors of the same images, such
 * as {@code export-image-encoder --reference} writes.
 *
 * <p>Arguments: a configuration, a folder of images, rounds, optionally a JSON file of vectors by file name; then
 * overrides of the configuration, each with an equals sign.
 */
public final class ImageEmbeddingBenchmark {

    private final ImageDecoder decoder;
    private final ImageEncoder encoder;

    private ImageEmbeddingBenchmark(ImageSpec images) {
        this.decoder = new ImageDecoder(images.source().mostPixels());
        this.encoder = ImageRoom.encoder(images, 1);
    }

    public static void main(String[] arguments) throws Exception {
        List<String> overrides =
                Stream.of(arguments).filter(word -> word.contains("=")).toList();
        List<String> plain =
                Stream.of(arguments).filter(word -> !word.contains("=")).toList();
        if (plain.size() < 3 || plain.size() > 4) {
            throw new IllegalArgumentException("give a configuration, a folder, rounds, and no or one file of vectors");
        }
        ImageSpec images = (ImageSpec)
                RunConfiguration.load(Path.of(plain.get(0)), overrides).modality();
        ImageEmbeddingBenchmark benchmark = new ImageEmbeddingBenchmark(images);
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(plain.get(1)))) {
            files = found.sorted().toList();
        }
        benchmark.time(files, Integer.parseInt(plain.get(2)));
        if (plain.size() > 3) {
            benchmark.compare(
                    files, new ObjectMapper().readTree(Path.of(plain.get(3)).toFile()));
        }
    }

    private float[] vector(byte[] file) throws Exception {
        float[] vector = new float[encoder.dimension()];
        encoder.encode(decoder.decode(file), vector, 0);
        return vector;
    }

    private void time(List<Path> files, int rounds) throws Exception {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files) {
            contents.add(Files.readAllBytes(file));
        }
        double[] rates = new double[rounds];
        // The first round is a warm-up.
        for (int round = -1; round < rounds; round++) {
            long start = processorNanos();
            for (byte[] content : contents) {
                vector(content);
            }
            double rate = contents.size() * 1e9 / (processorNanos() - start);
            if (round >= 0) {
                rates[round] = rate;
            }
        }
        Arrays.sort(rates);
        System.out.printf(
                Locale.ROOT,
                "%d images, %,d floats each: median %.1f images/s a core, from %.1f to %.1f%n",
                files.size(),
                encoder.dimension(),
                rates[rounds / 2],
                rates[0],
                rates[rounds - 1]);
    }

    /** Processor time of this thread, which does all the work: other work on the machine hardly counts. */
    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void compare(List<Path> files, JsonNode reference) throws Exception {
        double difference = 0;
        double largest = 0;
        for (Path file : files) {
            float[] ours = vector(Files.readAllBytes(file));
            JsonNode theirs = reference.path(file.getFileName().toString());
            if (theirs.size() != ours.length) {
                throw new IllegalArgumentException(
                        file + " has " + ours.length + " floats here, " + theirs.size() + " there");
            }
            for (int j = 0; j < ours.length; j++) {
                difference =
                        Math.max(difference, Math.abs(ours[j] - theirs.get(j).doubleValue()));
                largest = Math.max(largest, Math.abs(theirs.get(j).doubleValue()));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "largest difference of a component from the given vectors: %.3g, where the largest component is %.3g%n",
                difference,
                largest);
    }
}
