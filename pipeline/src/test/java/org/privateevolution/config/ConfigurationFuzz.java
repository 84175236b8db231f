package org.privateevolution.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.privateevolution.fuzz.FuzzTarget;
import org.privateevolution.fuzz.Refusals;
import org.privateevolution.model.RunSpec;

/**
 * A configuration is read, or refused with every mistake named. Writing out a configuration that was read, and reading
 * it again, gives the same run.
 */
public final class ConfigurationFuzz implements FuzzTarget {

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String text : List.of(Configurations.MINIMAL, Configurations.FULL)) {
            seeds.add(text.getBytes(StandardCharsets.UTF_8));
        }
        try (Stream<Path> files = Files.list(Path.of("../conf"))) {
            files.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(file -> seeds.add(bytes(file)));
        }
        return seeds;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void read(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        RunSpec spec;
        try {
            spec = RunConfiguration.parse(text, "fuzz.yaml", List.of());
        } catch (ConfigurationException e) {
            Refusals.requireReadable(e.getMessage(), text);
            return;
        }
        String yaml = CanonicalConfiguration.yaml(spec);
        RunSpec again = RunConfiguration.parse(yaml, "fuzz.yaml", List.of());
        Refusals.require(
                Fingerprint.of(again).equals(Fingerprint.of(spec)), "it reads differently when written out:\n" + yaml);
    }
}
