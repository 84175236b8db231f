package org.privateevolution.spark.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.privateevolution.spark.session.HadoopFile;
import org.privateevolution.spark.source.DataRoots;
import org.privateevolution.spark.source.PrivateDataException;

/** Lists and opens the image files of a folder. */
final class FolderFiles {

    static final String PATH = "path";

    static final StructType SCHEMA = new StructType()
            .add(PATH, DataTypes.StringType, false)
            .add(PrivateImages.NAME, DataTypes.StringType, false)
            .add(ImageFiles.LABEL, DataTypes.StringType, false);

    /** Includes kinds that are refused later: silently leaving out an image would be worse. */
    private static final List<String> EXTENSIONS =
            List.of(("apng arw avif avifs bmp cr2 cr3 dib dng gif heic heics heif"
                            + " ico j2k jfif jif jp2 jpe jpeg jpf jpg jpx jxl nef orf pbm pgm pjp pjpeg png pnm"
                            + " ppm psd raf rw2"
                            + " svg tga tif tiff webp")
                    .split(" "));

    private FolderFiles() {}

    /**
     * Lists the images in a folder and its subfolders: path, path within the folder, and name of the folder that holds
     * the file, in the order of the paths. Files of other kinds are left out.
     *
     * @param location a folder, or a pattern of folders
     * @throws PrivateDataException if there is no such folder
     */
    static List<Row> list(String location) throws IOException {
        DataRoots.requireApart(location, HadoopFile.configuration());
        Path pattern = new Path(DataRoots.pattern(location, HadoopFile.configuration()));
        FileSystem fileSystem = pattern.getFileSystem(HadoopFile.configuration());
        FileStatus[] roots = fileSystem.globStatus(pattern);
        List<Row> files = new ArrayList<>();
        for (FileStatus root : roots == null ? new FileStatus[0] : roots) {
            if (root.isFile() && root.getPath().getName().startsWith(".")) {
                throw new PrivateDataException("private_data: " + location
                        + " would not be read: images whose names begin with . are left out: rename it");
            }
            String prefix = root.getPath().toUri().getPath();
            RemoteIterator<LocatedFileStatus> found = fileSystem.listFiles(root.getPath(), true);
            while (found.hasNext()) {
                Path path = found.next().getPath();
                if (isImage(path.getName())) {
                    if (fileSystem instanceof ChecksumFileSystem
                            && path.getName().contains(":")) {
                        throw new PrivateDataException("private_data: the name of an image in " + location
                                + " holds a colon, which Hadoop cannot read: rename it");
                    }
                    String within =
                            path.toUri().getPath().substring(prefix.length()).replaceFirst("^/", "");
                    files.add(RowFactory.create(
                            path.toString(), within, path.getParent().getName()));
                }
            }
        }
        if (roots == null || roots.length == 0) {
            throw new PrivateDataException("private_data: nothing exists at " + location + ": check private_data.path");
        }
        files.sort(Comparator.comparing(file -> file.getString(0)));
        return files;
    }

    static boolean isImage(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(extension) && !name.startsWith(".");
    }

    /** Replaces a file's path by its bytes. */
    record Opened() implements MapPartitionsFunction<Row, Row> {

        /** No image that can be decoded is larger. */
        private static final int MOST_BYTES = 1 << 28;

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public Row next() {
                    Row row = rows.next();
                    Object[] values = new Object[row.size()];
                    for (int i = 1; i < values.length; i++) {
                        values[i] = row.get(i);
                    }
                    values[0] = bytes(row.getString(0));
                    return RowFactory.create(values);
                }
            };
        }

        /** The bytes of a file; of a larger file only the beginning, which no decoder accepts as a whole image. */
        private static byte[] bytes(String file) {
            try (InputStream in = new HadoopFile(file).open()) {
                return in.readNBytes(MOST_BYTES);
            } catch (IOException e) {
                // Without its message and cause, which hold the file's name. Spark retries the task.
                throw new UnreadableImageException(e.getClass().getSimpleName());
            }
        }
    }

    /** Thrown if a listed file cannot be read. */
    static final class UnreadableImageException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableImageException(String kind) {
            super("a private image cannot be read: " + kind);
        }
    }
}
