package org.privateevolution.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.NearestFile;

/**
 * The columns and labels that a file declares: a configuration, a draft, or the sections {@code tabular} and
 * {@code labels} alone.
 *
 * @param text text of the sections as in the file, including comments
 * @param labelled whether labels are declared
 * @param drafted whether it is a draft that still contains the warning
 */
record DeclaredColumns(String text, boolean labelled, boolean drafted) {

    /** @throws ConfigurationException if the file cannot be read, or declares no columns */
    static DeclaredColumns in(Path file) {
        String yaml;
        try {
            yaml = Files.readString(file);
        } catch (IOException e) {
            String near = NearestFile.of(file)
                    .map(name -> "; did you mean " + name + "?")
                    .orElse("");
            throw new ConfigurationException(List.of("--schema: cannot read " + file + near));
        }
        String columns = section(yaml, "tabular");
        if (columns.isEmpty()) {
            throw new ConfigurationException(List.of("--schema: " + file
                    + " has no section `tabular`, which declares columns: add it, or leave --schema out to"
                    + " draft the columns from the data"));
        }
        String labels = section(yaml, "labels");
        return new DeclaredColumns(labels + columns, !labels.isEmpty(), yaml.contains(SchemaDraft.WARNING.get(0)));
    }

    /** Returns the text of a top-level section; empty if the file does not have the section. */
    private static String section(String yaml, String name) {
        Matcher section =
                Pattern.compile("(?m)^" + name + ":.*(?:\\R(?:[ \\t].*)?$)*").matcher(yaml);
        return section.find() ? section.group().stripTrailing() + "\n" : "";
    }
}
