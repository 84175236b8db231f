package org.privateevolution.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A reader of untrusted bytes, as a fuzzer sees it. Implementations have a constructor without parameters. */
public interface FuzzTarget {

    /** Inputs to begin with; most of them are sound. */
    List<byte[]> seeds() throws Exception;

    /**
     * Reads an input and checks the outcome. A documented refusal is no failure; any exception thrown from here is one.
     */
    void read(byte[] input) throws Exception;

    /** Inputs that are texts. */
    static List<byte[]> texts(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** The targets by the names that {@code -Dfuzz.targets} takes. */
    static List<String> names() {
        return List.of(
                "config.ConfigurationFuzz",
                "spark.parsing.CsvFuzz",
                "spark.parsing.JsonFuzz",
                "spark.ParquetFuzz",
                "image.ImageFuzz",
                "generation.text.ChatAnswerFuzz",
                "generation.image.ImageAnswerFuzz",
                "store.LedgerFuzz",
                "store.StoreFuzz");
    }

    /** The target of that name. */
    static FuzzTarget named(String name) throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.privateevolution." + name);
        return (FuzzTarget) type.getDeclaredConstructor().newInstance();
    }
}
