package org.privateevolution.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.spark.SourceFormatProvider;

/** Reads where the private data are. */
final class PrivateDataReader {

    private static final String TABLE = "table";
    private static final String DATA_FRAME = RunSpec.PrivateData.DATA_FRAME;
    private static final String CSV = "csv";
    private static final Set<String> IMAGE_FORMATS = Set.of(ImageSpec.FOLDER, ImageSpec.IDX, ImageSpec.CIFAR10);

    private static final Map<String, String> FORMATS = List.of(
                    "parquet",
                    CSV,
                    "json",
                    "orc",
                    "delta",
                    TABLE,
                    DATA_FRAME,
                    ImageSpec.FOLDER,
                    ImageSpec.IDX,
                    ImageSpec.CIFAR10)
            .stream()
            .collect(Collectors.toMap(Function.identity(), Function.identity()));

    private final Section section;
    private final Problems problems;

    PrivateDataReader(Section section, Problems problems) {
        this.section = section;
        this.problems = problems;
    }

    /**
     * @param unit null if it is wrong, a problem already noted
     * @param output as {@code unit}
     */
    RunSpec.PrivateData read(PrivacyUnit unit, RunSpec.Output output) {
        String format = format();
        String location = location(format);
        Integer partitions = section.integer(Key.PRIVATE_DATA_PARTITIONS, 0, Integer.MAX_VALUE);
        Map<String, String> options = section.options(Key.PRIVATE_DATA_OPTIONS);
        String clientColumn = clientColumn(unit);
        RunSpec.PrivateStore store = store(section.section("store"), output);
        if (format == null || location == null || partitions == null || store == null) {
            return null;
        }
        String version = "";
        if (FORMATS.containsKey(format)) {
            section.refuse(Key.PRIVATE_DATA_FORMAT_VERSION, "only the format of an extension has one: take it out");
            requireAllowed(format, options);
        } else {
            version = new ExtensionReader(problems).sourceFormat(section, format, options);
            if (version == null) {
                return null;
            }
        }
        return new RunSpec.PrivateData(
                format,
                location,
                ReaderOptions.withDefaults(format, options),
                clientColumn,
                partitions,
                store,
                version);
    }

    private static RunSpec.PrivateStore store(Section store, RunSpec.Output output) {
        String path = store.location(Key.PRIVATE_DATA_STORE_PATH);
        Boolean keep = store.flag(Key.PRIVATE_DATA_STORE_KEEP);
        String keyVariable = store.text(Key.PRIVATE_DATA_STORE_KEY_ENV);
        if (path == null && output != null) {
            path = beside(output.location());
            if (path == null) {
                store.missing(
                        Key.PRIVATE_DATA_STORE_PATH,
                        "required, path or URI, for output.path is the root of its file system: a run keeps private"
                                + " data outside of it");
            }
        }
        return path == null || keep == null
                ? null
                : new RunSpec.PrivateStore(path, keep, keyVariable == null ? "" : keyVariable);
    }

    /** Null beside a root. */
    private static String beside(String output) {
        String path = output.replaceAll("/+$", "");
        return path.isEmpty() || path.matches("[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?") ? null : path + "-private";
    }

    private String format() {
        if (section.has(Key.PRIVATE_DATA_FORMAT)) {
            String format = section.text(Key.PRIVATE_DATA_FORMAT);
            if (format == null || FORMATS.containsKey(format)) {
                return format;
            }
            Extensions<SourceFormatProvider> extensions = Extensions.of(SourceFormatProvider.class);
            if (extensions.has(format)) {
                return format;
            }
            problems.refused(
                    section.path(Key.PRIVATE_DATA_FORMAT),
                    section.value(Key.PRIVATE_DATA_FORMAT),
                    "must be one of "
                            + String.join(
                                    ", ", FORMATS.keySet().stream().sorted().toList())
                            + ", or an extension, of which there "
                            + (extensions.names().isEmpty()
                                    ? "is none"
                                    : "are " + String.join(", ", extensions.names()))
                            + " on the class path (docs/extending.md)");
            return null;
        }
        if (section.has(Key.PRIVATE_DATA_TABLE)) {
            return TABLE;
        }
        section.missing(
                Key.PRIVATE_DATA_FORMAT,
                "must be one of "
                        + String.join(", ", FORMATS.keySet().stream().sorted().toList()));
        return null;
    }

    private String location(String format) {
        if (!DATA_FRAME.equals(format)) {
            section.refuse(Key.PRIVATE_DATA_NAME, "only a DataFrame needs one: take it out, or set format: dataframe");
            return TABLE.equals(format) ? table() : path(format);
        }
        String rule = "the format is dataframe: give private_data.name, and the DataFrame in your program";
        section.refuse(Key.PRIVATE_DATA_PATH, rule);
        section.refuse(Key.PRIVATE_DATA_TABLE, rule);
        section.refuse(Key.PRIVATE_DATA_OPTIONS, "the format is dataframe: nothing is read with options");
        if (!section.has(Key.PRIVATE_DATA_NAME)) {
            section.missing(
                    Key.PRIVATE_DATA_NAME, "must be a public name of the data set, for the format is dataframe");
        }
        return section.text(Key.PRIVATE_DATA_NAME);
    }

    private String table() {
        section.refuse(Key.PRIVATE_DATA_PATH, "the format is table: give private_data.table instead");
        if (!section.has(Key.PRIVATE_DATA_TABLE)) {
            section.missing(Key.PRIVATE_DATA_TABLE, "must be catalog.schema.name, for the format is table");
        }
        return section.text(Key.PRIVATE_DATA_TABLE);
    }

    private String path(String format) {
        if (format != null) {
            section.refuse(Key.PRIVATE_DATA_TABLE, "the format is " + format + ": give private_data.path instead");
        }
        if (!section.has(Key.PRIVATE_DATA_PATH)) {
            section.missing(Key.PRIVATE_DATA_PATH, "must be a path or URI");
        }
        return section.location(Key.PRIVATE_DATA_PATH);
    }

    private String clientColumn(PrivacyUnit unit) {
        if (unit == PrivacyUnit.RECORD) {
            section.refuse(Key.PRIVATE_DATA_CLIENT_COLUMN, "set privacy.unit: client to use it, or take it out");
        }
        if (unit == PrivacyUnit.CLIENT && !section.has(Key.PRIVATE_DATA_CLIENT_COLUMN)) {
            section.missing(
                    Key.PRIVATE_DATA_CLIENT_COLUMN, "privacy.unit is client: name the column with the client id");
        }
        String column = section.text(Key.PRIVATE_DATA_CLIENT_COLUMN);
        return column == null ? "" : column;
    }

    /** Images of their own formats have no options, which is said where they are read. */
    private void requireAllowed(String format, Map<String, String> options) {
        if (!format.equals(DATA_FRAME) && !IMAGE_FORMATS.contains(format)) {
            ReaderOptions.problems(format, options)
                    .forEach(problem -> section.conflict(Key.PRIVATE_DATA_OPTIONS, problem));
        }
    }
}
