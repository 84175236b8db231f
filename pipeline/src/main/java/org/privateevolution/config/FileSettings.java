package org.privateevolution.config;

import java.util.Optional;
import java.util.function.Function;
import org.privateevolution.model.PublicFile;

/**
 * Declares a file that configures a run: its location, which may change when a run is resumed, and its checksum, which
 * may not.
 */
record FileSettings(Setting<String> location, Setting<String> sha256) {

    /**
     * Declares both settings in a group.
     *
     * @param prose the allowed locations, in Markdown
     * @param fallback the file that is used if none is given, in Markdown
     * @param checksum name of the checksum's subject, as in "Required value of its checksum."
     * @param file returns null where canonical configurations omit the file
     */
    static <R> FileSettings in(
            Group<R> group,
            String name,
            String prose,
            String fallback,
            String meaning,
            String checksum,
            Function<R, PublicFile> file) {
        return new FileSettings(
                group.optional(name, Text.location(prose), "", of(file, PublicFile::location))
                        .otherwise(fallback)
                        .free()
                        .means(meaning),
                checksum(group, name + "_sha256", checksum, file));
    }

    /** Declares only the checksum. */
    static <R> Setting<String> checksum(Group<R> group, String name, String checksum, Function<R, PublicFile> file) {
        return group.optional(name, Text.sha256(), null, of(file, known -> known.sha256()
                        .orElse(null)))
                .otherwise("computed when the run starts")
                .means("Required value of " + checksum + ".");
    }

    private static <R> Function<R, String> of(Function<R, PublicFile> file, Function<PublicFile, String> value) {
        return record -> {
            PublicFile known = file.apply(record);
            return known == null ? null : value.apply(known);
        };
    }

    PublicFile read(Section section) {
        return new PublicFile(section.get(location), Optional.ofNullable(section.get(sha256)));
    }
}
