package org.privateevolution.config;

import java.util.Optional;
import org.privateevolution.model.RunSpec;

/** The section of the services that track a run. */
final class TrackingSettings extends Group<RunSpec> {

    final MlflowSettings mlflow =
            mount("mlflow", new MlflowSettings(), spec -> spec.mlflow().orElse(null));

    Optional<RunSpec.Mlflow> read(Section section) {
        return Optional.ofNullable(mlflow.read(section.open(mlflow)));
    }

    /** Returns null for a run that is not tracked. */
    static RunSpec orNull(RunSpec spec) {
        return spec.mlflow().isPresent() ? spec : null;
    }
}
