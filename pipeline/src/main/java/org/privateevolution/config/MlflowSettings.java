package org.privateevolution.config;

import org.privateevolution.model.RunSpec;

/** The section of the MLflow server that tracks the run. */
final class MlflowSettings extends Group<RunSpec.Mlflow> {

    final Setting<String> uri = optional("uri", Text.url(), null, RunSpec.Mlflow::uri)
            .otherwise("required with `tracking.mlflow`")
            .means("An MLflow tracking server that receives parameters, released figures, epsilon and the publishable"
                    + " report. Credentials are MLflow's own environment variables, `MLFLOW_TRACKING_TOKEN`, or"
                    + " `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`.");
    final Setting<String> experiment = optional("experiment", Text.of("string"), null, RunSpec.Mlflow::experiment)
            .otherwise("`private-evolution`")
            .means("Name of the experiment; created if it does not exist.");

    /** Returns null if no server is given, or if its settings are wrong, which is noted. */
    RunSpec.Mlflow read(Section section) {
        if (section.isEmpty()) {
            return null;
        }
        section.require(uri);
        String name = section.has(experiment) ? section.get(experiment) : "private-evolution";
        return section.make(() -> new RunSpec.Mlflow(section.get(uri), name));
    }
}
