package org.privateevolution.jobs;

import static org.privateevolution.jobs.DraftFrame.quoted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Drafts a configuration for images. */
final class ImageDraft {

    private static final List<String> PICTURES = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");
    private static final int FOLDER_DEPTH = 3;

    private ImageDraft() {}

    /** Whether the location is a folder of this machine that contains images. */
    static boolean isFolderOfPictures(String location) {
        try (Stream<Path> files = Files.walk(Path.of(location), FOLDER_DEPTH)) {
            return Files.isDirectory(Path.of(location))
                    && files.map(path -> path.getFileName().toString().toLowerCase(Locale.ROOT))
                            .anyMatch(name -> PICTURES.stream().anyMatch(name::endsWith));
        } catch (IOException | RuntimeException e) {
            // A URI, or the name of a table.
            return false;
        }
    }

    /**
     * The draft.
     *
     * @param labels the section {@code labels}; empty for none
     * @param generator result of {@link #pool} or {@link #webUi}
     */
    static String yaml(DraftFrame frame, String labels, String generator) {
        return "# Private images in, synthetic images out. `pe keys images` lists more settings.\n"
                + frame.privateData()
                + labels
                + frame.privacy()
                + "evolution: {samples: 200, votes: 4}    # at most 200 new images before each vote\nimages:\n"
                + generator
                + frame.samples();
    }

    /** A generator that draws from a folder of public images. */
    static String pool(String folder) {
        return "  pool: {path: " + quoted(folder) + "}\n";
    }

    /**
     * A generator that calls a Stable Diffusion web UI.
     *
     * @param labels values of the labels; null for none
     */
    static String webUi(String endpoint, List<String> labels) {
        List<String> classes = labels == null ? List.of("") : labels;
        String prompts = classes.stream()
                .map(value -> quoted(("a photo " + (value.isEmpty() ? "" : "of " + value)).strip()))
                .collect(Collectors.joining(", "));
        return """
                  api:
                    protocol: webui
                    endpoints: [{url: %s}]
                    prompts: [%s]    # starters, one per label
                    degrees: [0.9, 0.8, 0.7, 0.6]
                """
                .formatted(quoted(endpoint), prompts);
    }
}
