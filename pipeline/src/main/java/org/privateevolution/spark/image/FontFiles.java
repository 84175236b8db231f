package org.privateevolution.spark.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.generation.image.FontFile;
import org.privateevolution.model.Sha256;
import org.privateevolution.spark.session.HadoopFile;

/** The fonts in a folder and its subfolders, sorted by path. */
record FontFiles(List<FontFile> fonts) {

    /** @throws ConfigurationException if there are no fonts, or they cannot be read */
    static FontFiles in(String folder) {
        List<FontFile> fonts = new ArrayList<>();
        try {
            Path root = new Path(folder);
            FileSystem fileSystem = root.getFileSystem(HadoopFile.configuration());
            List<Path> paths = new ArrayList<>();
            var files = fileSystem.listFiles(root, true);
            while (files.hasNext()) {
                Path path = files.next().getPath();
                String name = path.getName().toLowerCase(Locale.ROOT);
                if (name.endsWith(".ttf") || name.endsWith(".otf")) {
                    paths.add(path);
                }
            }
            paths.sort(null);
            for (Path path : paths) {
                try (InputStream in = fileSystem.open(path)) {
                    fonts.add(new FontFile(path.getName(), in.readAllBytes()));
                }
            }
        } catch (IOException e) {
            throw refused(folder, "cannot be read (" + e.getMessage() + ")");
        }
        if (fonts.isEmpty()) {
            throw refused(folder, "holds no .ttf or .otf file");
        }
        return new FontFiles(fonts);
    }

    private static ConfigurationException refused(String folder, String why) {
        return new ConfigurationException(List.of("images.draw_text.fonts: " + folder + " " + why
                + ": name a folder of fonts, such as /usr/share/fonts/truetype/dejavu of the Debian package"
                + " fonts-dejavu-core"));
    }

    /** SHA-256 of the checksums of all fonts, in hexadecimal. */
    String sha256() {
        return Sha256.of(fonts.stream().map(font -> Sha256.of(font.bytes())).collect(Collectors.joining("\n")));
    }
}
