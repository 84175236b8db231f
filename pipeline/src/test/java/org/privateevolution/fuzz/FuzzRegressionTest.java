package org.privateevolution.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps defects that fuzzing found from coming back. Each target reads its seeds, the inputs under
 * {@code src/test/resources/fuzz/<target>}, and random changes of both, which are the same in every run.
 * {@link FuzzingTest} searches for more.
 */
class FuzzRegressionTest {

    private static final Path FOUND = Path.of("src/test/resources/fuzz");
    private static final int MOST_CHANGES = 4;

    static List<String> targets() {
        return FuzzTarget.names();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void whatWasFoundStaysMended(String name) throws Exception {
        FuzzTarget target = FuzzTarget.named(name);
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        inputs.addAll(found(name));
        for (byte[] input : inputs) {
            target.read(input);
        }
        Random random = new Random(1);
        // By way of Spark each takes a second.
        int changes = name.contains("Parquet") ? 4 : 300;
        for (int i = 0; i < changes; i++) {
            target.read(changed(inputs, random));
        }
    }

    private static List<byte[]> found(String name) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        if (Files.isDirectory(FOUND.resolve(name))) {
            try (Stream<Path> files = Files.list(FOUND.resolve(name)).sorted()) {
                for (Path file : files.toList()) {
                    inputs.add(Files.readAllBytes(file));
                }
            }
        }
        return inputs;
    }

    /** With bytes changed, a piece of another input in the middle, or the end cut off. */
    private static byte[] changed(List<byte[]> inputs, Random random) {
        byte[] input = inputs.get(random.nextInt(inputs.size())).clone();
        if (input.length == 0) {
            return input;
        }
        switch (random.nextInt(3)) {
            case 0 -> {
                for (int i = 0; i <= random.nextInt(MOST_CHANGES); i++) {
                    input[random.nextInt(input.length)] = (byte) random.nextInt(256);
                }
            }
            case 1 -> {
                byte[] other = inputs.get(random.nextInt(inputs.size()));
                int at = random.nextInt(input.length);
                int length = Math.min(other.length, input.length - at);
                System.arraycopy(other, 0, input, at, length);
            }
            default -> input = Arrays.copyOf(input, random.nextInt(input.length));
        }
        return input;
    }
}
