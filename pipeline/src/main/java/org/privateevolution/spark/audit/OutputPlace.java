package org.privateevolution.spark.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.Settings;
import org.privateevolution.model.ChildTable;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.SampleFiles;
import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.store.RunFiles;

/** Makes sure that an audit writes to no place that the configuration names. */
final class OutputPlace {

    /** Formats whose location is not a folder. */
    private static final Set<String> NAMED = Set.of("table", RunSpec.PrivateData.DATA_FRAME);

    private OutputPlace() {}

    /**
     * Opens the folder of an audit.
     *
     * @throws ConfigurationException if the folder exists, or lies within or around a place of the configuration
     */
    static RunFiles open(SparkSession spark, RunSpec spec, String location) {
        SampleFiles.requireNew(spark, location);
        RunFiles output = RunFiles.at(location, SessionFiles.configuration(spark));
        Map<String, String> places = new LinkedHashMap<>();
        places.put(Settings.OUTPUT_PATH.path(), spec.output().location());
        places.put(Settings.PRIVACY_LEDGER.path(), spec.privacy().ledger());
        places.put(
                Settings.PRIVATE_DATA_STORE_PATH.path(),
                spec.privateData().store().path());
        RunSpec.PrivateData data = spec.privateData();
        // Only the extension knows what its location means.
        if (!NAMED.contains(data.format()) && data.formatVersion().isEmpty()) {
            places.put("private_data.path", data.location());
        }
        spec.modality().clients().ifPresent(tables -> tables.children().stream()
                .filter(ChildTable::isApart)
                .forEach(child -> places.put("tabular.children[].path of " + child.name(), child.location())));
        places.forEach((setting, place) -> {
            if (output.overlaps(RunFiles.at(place, SessionFiles.configuration(spark)))) {
                throw new ConfigurationException(
                        ConfigurationException.Reason.PLACE,
                        List.of("--output: " + location + " is not allowed: it lies in " + setting
                                + " or around it, and an audit must not touch a run: choose a separate folder"));
            }
        });
        return output;
    }
}
