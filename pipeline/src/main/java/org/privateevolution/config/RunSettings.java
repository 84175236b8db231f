package org.privateevolution.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;

/** All settings of a run. Makes a {@link RunSpec} of a configuration, or says everything that is wrong with it. */
final class RunSettings extends Group<RunSpec> {

    static final RunSettings ROOT = new RunSettings();

    final Setting<String> name = optional("name", Text.of("string"), null, RunSpec::name)
            .otherwise("the file's name")
            .free()
            .means("Short name of the run, for job groups and reports.");
    final Setting<Long> seed = value("seed", Whole.longAtLeast(Long.MIN_VALUE), 0L, RunSpec::seed)
            .means("Fixes every random choice but the privacy noise.");
    final PrivateDataSettings privateData = mount("private_data", new PrivateDataSettings(), RunSpec::privateData);
    final LabelsSettings labels =
            mount("labels", new LabelsSettings(), spec -> spec.labels().column().isEmpty() ? null : spec.labels());
    final PrivacySettings privacy = mount("privacy", new PrivacySettings(), RunSpec::privacy);
    final EvolutionSettings evolution = mount("evolution", new EvolutionSettings(), spec -> spec);
    final VoteSettings vote = mount("vote", new VoteSettings(), RunSpec::vote);
    final TabularSettings tabular = mount(
            "tabular",
            new TabularSettings(),
            spec -> spec.modality() instanceof RunSpec.Tabular tables ? tables : null);
    final TextSettings text =
            mount("text", new TextSettings(), spec -> spec.modality() instanceof TextSpec texts ? texts : null);
    final ImageSettings images = mount(
            "images", new ImageSettings(), spec -> spec.modality() instanceof ImageSpec pictures ? pictures : null);
    final EvaluationSettings evaluation = free(mount("evaluation", new EvaluationSettings(), RunSpec::evaluation));
    final OutputSettings output = mount("output", new OutputSettings(), spec -> spec);

    private RunSettings() {}

    /** @param defaultName the name of a run that has none */
    static RunSpec read(Node node, String defaultName) {
        Problems problems = new Problems();
        return ROOT.read(Section.root(node, problems), problems, defaultName);
    }

    private RunSpec read(Section root, Problems problems, String defaultName) {
        String givenName = root.has(name) ? root.get(name) : defaultName;
        Section privacySection = root.open(privacy);
        RunSpec.Labels readLabels = labels.read(root.open(labels));
        RunSpec.Evolution readEvolution = evolution.read(root.open(evolution), readLabels, root.has(tabular));
        RunSpec.Vote readVote = vote.read(root.open(vote));
        Section outputSection = root.open(output);
        RunSpec.Output readOutput = output.read(outputSection, readEvolution, root.has(images), root.has(tabular));
        RunSpec.PrivateData data = privateData.read(
                root.open(privateData), privacySection.get(privacy.unit), outputSection.get(output.path));
        RunSpec.Modality modality = modality(root, problems, readLabels, data);
        RunSpec.Evaluation readEvaluation = evaluation.read(root.open(evaluation));
        RunSpec.Privacy readPrivacy = privacy.read(privacySection, data);
        checkRoles(problems, modality, readLabels, data);
        if (readEvolution != null && readEvolution.estimates()) {
            checkEstimate(problems, readLabels, modality);
        }
        if (readOutput != null && readOutput.weights()) {
            checkWeights(problems, readLabels, modality);
        }
        problems.throwIfAny();
        return new RunSpec(
                givenName,
                root.get(seed),
                data,
                readLabels,
                readPrivacy,
                readEvolution,
                readVote,
                modality,
                readEvaluation,
                readOutput);
    }

    private RunSpec.Modality modality(
            Section root, Problems problems, RunSpec.Labels readLabels, RunSpec.PrivateData data) {
        List<Group<?>> given =
                Stream.<Group<?>>of(images, text, tabular).filter(root::has).toList();
        given.stream()
                .skip(1)
                .forEach(other -> root.problem(
                        other,
                        given.get(0).name()
                                + " is given, too: a run makes images, texts or rows of a table, so give one of them"));
        if (root.has(images)) {
            return images.read(root.open(images), problems, readLabels, data);
        }
        if (data != null && ImageSettings.OWN_FORMATS.contains(data.format())) {
            problems.add(privateData.format.path(), data.format() + " is not allowed: it needs images");
        }
        return root.has(text) ? text.read(root.open(text), readLabels) : tabular.read(root.open(tabular));
    }

    /** An estimate of a table finds the shares of labels itself. */
    private void checkEstimate(Problems problems, RunSpec.Labels readLabels, RunSpec.Modality modality) {
        if (modality instanceof RunSpec.Tabular tables && tables.generator().isPresent()) {
            problems.add(
                    tabular.generation.path(),
                    "is not allowed: with evolution.selection: estimate rows are drawn from the estimate; take it out,"
                            + " or set evolution.selection: rank");
        }
        if (modality instanceof RunSpec.Tabular
                && readLabels != null
                && !(readLabels.fractions() instanceof RunSpec.Fractions.Uniform)) {
            problems.add(
                    labels.fractions.path(),
                    "is not allowed: with evolution.selection: estimate the shares follow from the marginals; take it"
                            + " out");
        }
    }

    private void checkWeights(Problems problems, RunSpec.Labels readLabels, RunSpec.Modality modality) {
        String content = modality instanceof TextSpec texts
                ? texts.outputColumn()
                : modality instanceof ImageSpec pictures ? pictures.source().column() : "";
        if (content.equals(RunSpec.WEIGHT_COLUMN)
                || (readLabels != null && readLabels.column().equals(RunSpec.WEIGHT_COLUMN))) {
            problems.add(
                    output.weights.path(),
                    "true is not allowed: there is a column " + RunSpec.WEIGHT_COLUMN + " already; rename it");
        }
    }

    /** A column is a feature, the label or the client id, and only one of them. */
    private void checkRoles(
            Problems problems, RunSpec.Modality modality, RunSpec.Labels readLabels, RunSpec.PrivateData data) {
        List<String> features = new ArrayList<>();
        String where = "";
        if (modality instanceof RunSpec.Tabular tables) {
            tables.schema().columns().forEach(column -> features.add(column.name()));
            where = "one of tabular.columns; take it out of them";
        } else if (modality instanceof TextSpec texts) {
            features.addAll(texts.columns());
            texts.embedding().column().ifPresent(features::add);
            where = "text.embedding.column or one of text.columns; a column has one role";
        } else if (modality instanceof ImageSpec pictures) {
            features.add(pictures.source().column());
            where = "images.column; a column has one role";
        }
        String label = readLabels == null ? "" : readLabels.column();
        String client = data == null ? "" : data.clientColumn();
        if (!label.isEmpty() && features.contains(label)) {
            problems.add(labels.column.path(), label + " is not allowed: it is " + where);
        }
        if (!client.isEmpty() && features.contains(client)) {
            problems.add(privateData.clientColumn.path(), client + " is not allowed: it is " + where);
        }
        if (!client.isEmpty() && label.equals(client)) {
            problems.add(
                    privateData.clientColumn.path(),
                    client + " is not allowed: it is labels.column; a client id is not a label");
        }
    }
}
