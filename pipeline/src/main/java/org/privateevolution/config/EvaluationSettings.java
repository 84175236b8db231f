package org.privateevolution.config;

import org.privateevolution.model.RunSpec;

/** What is measured. */
final class EvaluationSettings extends Group<RunSpec.Evaluation> {

    final Setting<Boolean> privateMetrics = flag("private_metrics", false, RunSpec.Evaluation::privateMetrics)
            .means("Whether to compare the synthetic with the private data. Such figures are outside the guarantee.");

    RunSpec.Evaluation read(Section section) {
        return section.make(() -> new RunSpec.Evaluation(section.get(privateMetrics)));
    }
}
