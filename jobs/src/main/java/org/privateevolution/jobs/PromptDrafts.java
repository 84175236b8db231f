package org.privateevolution.jobs;

import java.util.List;
import org.privateevolution.config.ConfigurationException;

/** Drafts the prompts for texts of one kind. The label is a variable of both prompts. */
final class PromptDrafts {

    private final String kind;

    /**
     * @param about what one text is, such as {@code product review}
     * @param label column of the labels; null for none
     */
    PromptDrafts(String about, String label) {
        if (about.contains("{") || about.contains("}")) {
            throw new ConfigurationException(
                    List.of("--about: " + about + " is not allowed: braces mark the variables of a prompt"));
        }
        this.kind = about + (label == null ? "" : " (" + label + ": {" + label + "})");
    }

    /** Drafts the prompt of RANDOM_API. */
    String random() {
        return """
                {
                  "message_template": [{"role": "user", "content": %s}],
                  "replacement_rules": [{"constraints": {}, "replacements": {
                    "voice": ["in plain words", "at some length", "in short sentences", "in a casual tone",
                              "in a formal tone", "as if in a hurry", "with an example", "with a question in it"]}}]
                }
                """
                .formatted(DraftFrame.quoted("Write one " + kind + ", {voice}. Answer with its text alone."));
    }

    /** Drafts the prompt of VARIATION_API. */
    String variation() {
        return """
                {
                  "message_template": [{"role": "user", "content": %s}],
                  "replacement_rules": [{"constraints": {}, "replacements": {
                    "change": ["in other words", "about a related matter", "with more detail", "with less detail",
                               "in a more casual tone", "in a more formal tone", "in the words of another writer"]}}]
                }
                """
                .formatted(DraftFrame.quoted("Here is a " + kind
                        + ":\n\n{sample}\n\nWrite a similar one {change}. Answer with its text alone."));
    }
}
