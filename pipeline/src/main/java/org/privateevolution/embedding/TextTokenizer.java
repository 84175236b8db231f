package org.privateevolution.embedding;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Splits texts into a model's tokens. Thread-safe; lives as long as the JVM. */
final class TextTokenizer {

    private static final int REPLACEMENT_CHARACTER = 0xFFFD;
    private static final String CACHE = "ENGINE_CACHE_DIR";
    /** Settings for the location of the native library; any that the user has set is respected. */
    private static final List<String> PLACES = List.of(CACHE, "DJL_CACHE_DIR", "RUST_LIBRARY_PATH");

    private final HuggingFaceTokenizer tokenizer;

    private TextTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Reads a tokenizer.
     *
     * @param json content of a {@code tokenizer.json}; its settings of truncation and padding are ignored
     * @param maxTokens length to which texts are truncated, including special tokens
     */
    static synchronized TextTokenizer open(byte[] json, int maxTokens) {
        // Otherwise the library may download another native library and, on EC2, report every use to its vendor.
        setUnlessGiven("RUST_FLAVOR", "cpu");
        setUnlessGiven("OPT_OUT_TRACKING", "true");
        String limit = Integer.toString(maxTokens);
        Map<String, String> options = Map.of(
                "modelMaxLength", limit, "maxLength", limit, "truncation", "longest_first", "padding", "do_not_pad");
        Path extracted = null;
        try {
            if (PLACES.stream().noneMatch(TextTokenizer::given)) {
                // A folder of this JVM only: in a container there may be no home folder, and a shared one may be
                // tampered with.
                extracted = Files.createTempDirectory("tokenizers");
                System.setProperty(CACHE, extracted.toString());
            }
            return new TextTokenizer(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options));
        } catch (LinkageError e) {
            throw new ModelException(
                    "the tokenizers' native library does not load: it needs macOS, Windows or Linux with glibc 2.34 or"
                            + " newer, and a folder from which libraries may be loaded; the environment variable "
                            + CACHE + " names one other than java.io.tmpdir",
                    e);
        } catch (IOException | RuntimeException e) {
            throw new ModelException("the tokenizer cannot be opened: " + e.getMessage(), e);
        } finally {
            if (extracted != null) {
                System.clearProperty(CACHE);
                deleteOnExit(extracted);
            }
        }
    }

    /** The tokens of a text, including special ones, at most the limit; not padded. */
    Encoding tokens(String text) {
        try {
            return tokenizer.encode(wellFormed(text));
        } catch (RuntimeException e) {
            // The exception's message and cause are left out, because they may hold the text.
            throw new ModelException(
                    "the tokenizer failed on a text: " + e.getClass().getSimpleName());
        }
    }

    /** The text with every unpaired surrogate replaced, because those have no UTF-8 form. */
    static String wellFormed(String text) {
        if (text.codePoints().noneMatch(TextTokenizer::isSurrogate)) {
            return text;
        }
        return text.codePoints()
                .map(c -> isSurrogate(c) ? REPLACEMENT_CHARACTER : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean given(String name) {
        return System.getenv(name) != null || System.getProperty(name) != null;
    }

    private static void setUnlessGiven(String name, String value) {
        if (!given(name)) {
            System.setProperty(name, value);
        }
    }

    private static void deleteOnExit(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            // Folders come before their content, and the JVM deletes in reverse order.
            files.forEach(file -> file.toFile().deleteOnExit());
        } catch (IOException e) {
            throw new ModelException("the temporary folder " + folder + " cannot be read", e);
        }
    }
}
