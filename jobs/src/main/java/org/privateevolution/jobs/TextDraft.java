package org.privateevolution.jobs;

import static org.privateevolution.jobs.DraftFrame.quoted;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Drafts a configuration for texts: the YAML file, and two prompt files beside it.
 *
 * @param target the YAML file
 * @param column name of the text column
 */
record TextDraft(DraftFrame frame, Path target, String column) {

    /** All files, the YAML file first. */
    List<Path> files() {
        return List.of(target, beside("-random.json"), beside("-variation.json"));
    }

    private Path beside(String ending) {
        return Path.of(target.toString().replaceAll("\\.ya?ml$", "") + ending);
    }

    /**
     * The content of the files.
     *
     * @param labels the section {@code labels}; empty for none
     * @param endpoint URL of chat completions
     * @param model the model's name at this endpoint
     */
    DraftFiles of(String labels, PromptDrafts prompts, String endpoint, String model) {
        List<Path> files = files();
        String yaml = "# Private texts in, synthetic texts out. `pe keys text` lists more settings.\n"
                + frame.privateData()
                + labels
                + frame.privacy()
                + """
                evolution: {samples: 200, votes: 4}    # the model writes at most 200 texts before each vote
                text:
                  columns: [%s]
                  prompts: {random: %s, variation: %s}    # starters: describe your texts there
                  chat: {endpoints: [{url: %s, model: %s}]}
                """
                        .formatted(
                                quoted(column),
                                quoted(files.get(1).toString()),
                                quoted(files.get(2).toString()),
                                quoted(endpoint),
                                quoted(model))
                + frame.samples();
        Map<Path, String> contents = new LinkedHashMap<>();
        contents.put(files.get(0), yaml);
        contents.put(files.get(1), prompts.random());
        contents.put(files.get(2), prompts.variation());
        return new DraftFiles(contents, false);
    }
}
