package org.privateevolution.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.Extensions;
import org.privateevolution.spi.spark.OutsideMetricProvider;

/** The section that states what is measured. */
final class EvaluationSettings extends Group<RunSpec.Evaluation> {

    final Setting<Boolean> privateMetrics = flag("private_metrics", false, RunSpec.Evaluation::privateMetrics)
            .means("Whether to compare the synthetic with the private data. Such figures are outside the guarantee.");
    final Setting<List<ExtensionSpec>> metrics = optional(
                    "metrics",
                    Listed.any(ExtensionType.metric(), "list of maps of `name`, `options` and `version`"),
                    List.of(),
                    RunSpec.Evaluation::metrics)
            .means("[Extensions](extending.md) that measure the synthetic samples. Those that compare them with"
                    + " the private"
                    + " data need `evaluation.private_metrics`.");

    RunSpec.Evaluation read(Section section) {
        if (section.get(metrics) != null) {
            check(section, section.given(metrics), section.get(metrics));
        }
        return section.make(() -> new RunSpec.Evaluation(section.get(privateMetrics), section.get(metrics)));
    }

    private void check(Section section, Given list, List<ExtensionSpec> named) {
        if (named.isEmpty()) {
            // Do not search the class path unless a metric is named.
            return;
        }
        Extensions<OutsideMetricProvider> outside = Extensions.of(OutsideMetricProvider.class);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < named.size(); i++) {
            String name = named.get(i).name();
            Given metric = list.entry(String.valueOf(i), null);
            if (!names.add(name)) {
                metric.problem(name + " is listed twice: its figures could not be distinguished");
            }
            if (Boolean.FALSE.equals(section.get(privateMetrics)) && outside.has(name)) {
                metric.entry(ExtensionReader.NAME, null)
                        .problem(
                                name + " is not allowed: it compares with the private data, outside the guarantee: set "
                                        + privateMetrics.path() + ": true, or remove it");
            }
        }
    }
}
