package org.privateevolution.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A reader of bytes that nobody vouches for, as a fuzzer sees it. Implementations have a constructor without parameters. */
public interface FuzzTarget {

    /** Inputs to begin with; most of them are sound. */
    List<byte[]> seeds() throws Exception;

    /**
     * Reads an input and judges what comes of it. A refusal that is documented is no failure; everything that is thrown is.
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
