package org.privateevolution.config;

import org.privateevolution.model.RunSpec;

/** The section that states where a run keeps data derived from private records. */
final class PrivateStoreSettings extends Group<RunSpec.PrivateStore> {

    final Setting<String> path = optional("path", Text.location(), null, RunSpec.PrivateStore::path)
            .otherwise("`output.path` with `-private` after it")
            .means("Folder for private data that the run has to keep: embeddings, copies of sources that may"
                    + " change, names of undecodable images. One run at a time may use it. It must lie"
                    + " outside `output.path` and `privacy.ledger`, and must not be published.");
    final Setting<Boolean> keep = flag("keep", false, RunSpec.PrivateStore::keep)
            .means("Whether that folder is kept when the results are published, so that an extended run need not embed"
                    + " again.");
    final Setting<String> keyVariable = optional(
                    KeySettings.VARIABLE,
                    Text.of("name of an environment variable"),
                    "",
                    RunSpec.PrivateStore::keyVariable)
            .otherwise("none: it is not encrypted")
            .means("Environment variable of the driver with the key that encrypts the folder's files: 256"
                    + " bits, as 64 hexadecimal digits or Base64.");

    /** @param output output location; null if it is wrong, which has been noted as a problem */
    RunSpec.PrivateStore read(Section section, String output) {
        String location = section.get(path) == null && output != null ? beside(output) : section.get(path);
        if (location == null && output != null && !section.has(path)) {
            section.missing(
                    path,
                    "required, path or URI, for output.path is the root of its file system: a run keeps private data"
                            + " outside of it");
        }
        return location == null
                ? null
                : section.make(() -> new RunSpec.PrivateStore(location, section.get(keep), section.get(keyVariable)));
    }

    /** Returns null if the output is a root, which nothing can lie beside. */
    private static String beside(String output) {
        String trimmed = output.replaceAll("/+$", "");
        return trimmed.isEmpty() || trimmed.matches("[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?") ? null : trimmed + "-private";
    }
}
