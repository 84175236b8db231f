package org.privateevolution.config;

import java.util.List;
import java.util.Optional;
import org.privateevolution.model.RunSpec;

/** The section that states where results are written. */
final class OutputSettings extends Group<RunSpec> {

    private static final String PNG = "png";

    final Setting<String> path = required(
                    "path", Text.location(), spec -> spec.output().location())
            .means("Directory of the synthetic data, the guarantee, the metrics and the iteration store.");
    final Setting<List<String>> formats = optional(
                    "formats",
                    Listed.distinct(
                            Text.oneOf("parquet", "csv", "jsonl", PNG),
                            "list of `parquet`, `csv` and `jsonl`; of images, `png` and `parquet`"),
                    null,
                    spec -> spec.output().formats())
            .otherwise("`[parquet, csv]`; of images, `[png]`")
            .free()
            .means("Formats of the synthetic data.");
    final Setting<RunSpec.Published> publish = optional(
                    "publish",
                    Words.of(RunSpec.Published.class),
                    null,
                    spec -> spec.evolution().estimates() ? null : spec.output().published())
            .otherwise("`selected` if the last rule keeps the selected, else `population`")
            .free()
            .means("Whether to publish the samples that the last vote selected, or the population made from them;"
                    + " an estimate publishes neither.");
    final Setting<Integer> rows = optional(
                    "rows",
                    Whole.atLeast(1),
                    null,
                    spec -> spec.evolution().estimates() ? spec.output().rows() : null)
            .otherwise("the last number of `evolution.schedule`; only with `evolution.selection: estimate`")
            .free()
            .means("Number of samples to draw from the estimate. It costs no privacy, however large. No text or"
                    + " image is drawn"
                    + " twice, so at most as many are published as were made.");
    final Setting<Boolean> weights = flag(
                    "weights", false, spec -> spec.output().weights())
            .free()
            .silent()
            .means("Adds a column `weight` to the texts or images that an estimate publishes: how much each of them"
                    + " counts among those of its label, 1 on average.");
    final Setting<String> table = optional("table", Text.of("`catalog.schema.name`"), null, spec -> spec.output()
                    .table()
                    .map(RunSpec.CatalogTable::name)
                    .orElse(null))
            .free()
            .means("A table of Spark's catalog that receives the synthetic data in addition to the files, with the"
                    + " guarantee in its properties.");
    final Setting<RunSpec.TableMode> tableMode = optional(
                    "table_mode", Words.of(RunSpec.TableMode.class), null, spec -> spec.output()
                            .table()
                            .map(RunSpec.CatalogTable::mode)
                            .orElse(null))
            .otherwise("`create`; only with `output.table`")
            .free()
            .means("What happens if the table exists: `create` refuses it, `append` adds the rows of this"
                    + " run, once, and `replace` writes it anew.");

    /**
     * @param evolution null if it is wrong, which has been noted as a problem
     * @param modality what the run generates
     * @param table whether the configuration says that it generates a table
     */
    RunSpec.Output read(Section section, RunSpec.Evolution evolution, ModalitySettings<?> modality, boolean table) {
        List<String> allowed = modality.outputFormats();
        List<String> chosen = section.has(formats) ? section.get(formats) : modality.usualOutputFormats();
        if (chosen != null && !allowed.containsAll(chosen)) {
            section.conflict(
                    formats, String.join(", ", chosen) + " is not allowed: must be of " + String.join(", ", allowed));
        }
        boolean estimates = evolution != null && evolution.estimates();
        if (estimates) {
            section.refuse(
                    publish,
                    "it has no effect with evolution.selection: estimate, which publishes a draw from all"
                            + " samples; remove it");
        } else if (evolution != null) {
            String reason = "it needs evolution.selection: estimate: set that, or remove this";
            section.refuse(rows, reason);
            section.refuse(weights, reason);
        }
        if (!section.has(this.table)) {
            section.refuse(tableMode, "it has no effect without output.table: set that, or remove this");
        }
        if (table) {
            section.refuse(
                    weights,
                    "it is only for texts and images: rows of a table are drawn as often as their"
                            + " weight says. Remove it");
        }
        if (List.of(PNG).equals(chosen) && Boolean.TRUE.equals(section.get(weights))) {
            section.conflict(
                    weights, "true is not allowed: image files have no columns; add parquet to output.formats");
        }
        RunSpec.Published published = section.has(publish) ? section.get(publish) : defaultPublished(evolution);
        return section.make(() -> new RunSpec.Output(
                section.get(path),
                chosen,
                published,
                estimates ? drawn(section, evolution) : 0,
                section.get(weights),
                Optional.ofNullable(section.get(this.table))
                        .map(name -> new RunSpec.CatalogTable(
                                name, section.has(tableMode) ? section.get(tableMode) : RunSpec.TableMode.CREATE))));
    }

    private int drawn(Section section, RunSpec.Evolution evolution) {
        return section.has(rows) ? section.get(rows) : evolution.schedule().get(evolution.votes());
    }

    /** No vote has judged the variations, so the selected samples are the better ones to publish, if they are kept. */
    private static RunSpec.Published defaultPublished(RunSpec.Evolution evolution) {
        if (evolution == null) {
            return null;
        }
        RunSpec.PopulationRule last = evolution.rules().get(evolution.rules().size() - 1);
        return last.keepSelected() ? RunSpec.Published.SELECTED : RunSpec.Published.POPULATION;
    }
}
