package org.privateevolution.config;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.spark.SourceFormatProvider;

/** The section that states where the private records are. */
final class PrivateDataSettings extends Group<RunSpec.PrivateData> {

    private static final String TABLE = "table";
    private static final String DATA_FRAME = RunSpec.PrivateData.DATA_FRAME;
    private static final SourceFormat FORMATS = new SourceFormat(Words.texts(
            "parquet",
            "csv",
            "json",
            "orc",
            "delta",
            TABLE,
            DATA_FRAME,
            ImageSpec.FOLDER,
            ImageSpec.IDX,
            ImageSpec.CIFAR10));
    private static final Set<String> NOT_FILES = Set.of(TABLE, DATA_FRAME);

    final Setting<String> format = optional("format", FORMATS, null, RunSpec.PrivateData::format)
            .otherwise("`table` if `private_data.table` is given, else required")
            .means("Format of the private records; `json` has one object per line or, with `multiLine: true`,"
                    + " objects and arrays of objects; `image-folder`, `idx` and `cifar10` contain images."
                    + " `dataframe`: a program or notebook"
                    + " provides the records.");
    final Setting<String> formatVersion = optional(
                    "format_version", Text.of("string"), null, data -> data.isExtension() ? data.formatVersion() : null)
            .otherwise("found when the configuration is read")
            .means("Required version of the extension that provides the format.");
    final Setting<String> path = optional(
                    "path", Text.location(), null, data -> NOT_FILES.contains(data.format()) ? null : data.location())
            .otherwise("required, except for a table and a DataFrame")
            .means("Where the private records are.");
    final Setting<String> table = optional(
                    "table",
                    Text.of("`catalog.schema.name`"),
                    null,
                    data -> data.format().equals(TABLE) ? data.location() : null)
            .means("A table of Spark's catalog, instead of `private_data.path`.");
    final Setting<String> name = optional(
                    "name", Text.of("string"), null, data -> data.isDataFrame() ? data.location() : null)
            .otherwise("required for a DataFrame")
            .means("Public name of the data set in a DataFrame, which identifies it in the fingerprint. Only for"
                    + " the format `dataframe`.");
    final Setting<Map<String, String>> options = value(
                    "options", Text.map(), Map.of(), PrivateDataSettings::publicOptions)
            .otherwise("`header: true`, `multiLine: true` for CSV")
            .means("Options for reading the files, named as in Spark; options that could tear, merge or drop a"
                    + " record are refused.");
    final Setting<String> clientColumn = optional(
                    "client_column", Text.of("column name"), "", RunSpec.PrivateData::clientColumn)
            .otherwise("required if `privacy.unit` is `client`")
            .means("Column of the client id; only if the unit is a client.");
    final Setting<Integer> partitions = value("partitions", Whole.atLeast(0), 0, RunSpec.PrivateData::partitions)
            .free()
            .means("Number of partitions of the private records; 0 leaves it to Spark.");
    final Setting<Boolean> declaredPublic = flag("public", false, RunSpec.PrivateData::declaredPublic)
            .silent()
            .means("Declares that these records are public: no budget has to protect"
                    + " anyone, so `pe run --seeds` may repeat the run, each time with its own ledger. A"
                    + " single run is charged as"
                    + " ever.");
    final PrivateStoreSettings store = free(mount("store", new PrivateStoreSettings(), RunSpec.PrivateData::store));

    /**
     * Options of an extension are published as they are: they state which records are read, and were refused if they
     * held a secret.
     */
    private static Map<String, String> publicOptions(RunSpec.PrivateData data) {
        if (data.isDataFrame()) {
            return null;
        }
        return data.isExtension() ? data.options() : RedactedOptions.of(data.options());
    }

    /**
     * @param unit null if the privacy unit is wrong, which has been noted as a problem
     * @param output output location; null if it is wrong, which has been noted as a problem
     */
    RunSpec.PrivateData read(Section section, PrivacyUnit unit, String output) {
        String chosen = format(section);
        String location = location(section, chosen);
        checkClientColumn(section, unit);
        RunSpec.PrivateStore readStore = store.read(section.open(store), output);
        Map<String, String> given = section.get(options);
        if (given == null || chosen == null) {
            return null;
        }
        String version = FORMATS.isForeign(chosen) ? version(section, chosen, given) : "";
        if (!FORMATS.isForeign(chosen)) {
            section.refuse(formatVersion, "it is only for the format of an extension; remove it");
            checkOptions(section, chosen, given);
        }
        // The ledger's location follows from what is known of the private data, even if other settings are wrong.
        return Stream.of(
                                location,
                                section.get(clientColumn),
                                section.get(partitions),
                                section.get(declaredPublic),
                                readStore,
                                version)
                        .anyMatch(Objects::isNull)
                ? null
                : new RunSpec.PrivateData(
                        chosen,
                        location,
                        FORMATS.isForeign(chosen) ? Map.copyOf(given) : ReaderOptions.withDefaults(chosen, given),
                        section.get(clientColumn),
                        section.get(partitions),
                        readStore,
                        version,
                        section.get(declaredPublic));
    }

    /** Returns the version of the extension that reads the format; null if a setting is wrong, which is noted. */
    private String version(Section section, String chosen, Map<String, String> given) {
        String declared = section.has(formatVersion) ? section.get(formatVersion) : "";
        return declared == null
                ? null
                : ExtensionReader.version(
                        section.given(format),
                        section.given(options),
                        section.given(formatVersion),
                        new ExtensionSpec(chosen, declared, Map.copyOf(given)),
                        Extensions.of(SourceFormatProvider.class),
                        (provider, named) -> provider.create(named));
    }

    /** Formats that only images have take no options; the image settings report any that are given. */
    private void checkOptions(Section section, String chosen, Map<String, String> given) {
        if (!chosen.equals(DATA_FRAME) && RunSettings.ROOT.ownFormats().noneMatch(chosen::equals)) {
            ReaderOptions.problems(chosen, given).forEach(problem -> section.conflict(options, problem));
        }
    }

    private String format(Section section) {
        if (section.has(format) || section.has(table)) {
            return section.has(format) ? section.get(format) : TABLE;
        }
        section.missing(format, FORMATS.own().rule());
        return null;
    }

    private String location(Section section, String chosen) {
        if (DATA_FRAME.equals(chosen)) {
            String rule = "the format is dataframe: give private_data.name, and the DataFrame in your program";
            section.refuse(path, rule);
            section.refuse(table, rule);
            section.refuse(options, "the format dataframe has no options; remove it");
            section.require(name, "must be a public name of the data set, for the format is dataframe");
            return section.get(name);
        }
        section.refuse(name, "it is only for a DataFrame: remove it, or set format: dataframe");
        if (TABLE.equals(chosen)) {
            section.refuse(path, "the format is table: give private_data.table instead");
            section.require(table, "must be catalog.schema.name, for the format is table");
            return section.get(table);
        }
        if (chosen != null) {
            section.refuse(table, "the format is " + chosen + ": give private_data.path instead");
        }
        section.require(path, "must be a path or URI");
        return section.get(path);
    }

    private void checkClientColumn(Section section, PrivacyUnit unit) {
        if (unit == PrivacyUnit.RECORD) {
            section.refuse(clientColumn, "it has no effect without privacy.unit: client: set that, or remove this");
        }
        if (unit == PrivacyUnit.CLIENT) {
            section.require(clientColumn, "privacy.unit is client: name the column of the client id");
        }
    }
}
