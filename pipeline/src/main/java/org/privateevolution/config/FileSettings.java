package org.privateevolution.config;

import java.util.Optional;
import java.util.function.Function;
import org.privateevolution.model.PublicFile;

/** A file that a run is configured by: where it is, which may change, and its checksum, which may not. */
record FileSettings(Setting<String> location, Setting<String> sha256) {

    /**
     * Declares them in a group.
     *
     * @param prose what locations there are, in Markdown
     * @param fallback which file it is if none is given, in Markdown
     * @param checksum what is called so, as in "Required value of its checksum."
     * @param file null where canonical configurations leave it out
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

    /** Declares the checksum alone. */
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
