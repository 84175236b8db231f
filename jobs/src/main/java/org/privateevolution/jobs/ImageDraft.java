package org.privateevolution.jobs;

import static org.privateevolution.jobs.DraftFrame.quoted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A first configuration of images. */
final class ImageDraft {

    private static final List<String> PICTURES = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");
    private static final int FOLDER_DEPTH = 3;

    private ImageDraft() {}

    /** Whether a folder of this machine holds pictures. */
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
     * @param generator of {@link #pool} or {@link #webUi}
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

    /** Images from a folder of public ones. */
    static String pool(String folder) {
        return "  pool: {path: " + quoted(folder) + "}\n";
    }

    /**
     * Images from a Stable Diffusion web UI.
     *
     * @param labels their values; null for none
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
