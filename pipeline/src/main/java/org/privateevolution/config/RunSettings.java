package org.privateevolution.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.ClientsSpec;
import org.privateevolution.model.Modality;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableModality;

/** All settings of a run. Converts a configuration to a {@link RunSpec}, or reports all its problems. */
final class RunSettings extends Group<RunSpec> {

    /** Key of the group of services that track a run. */
    static final String TRACKING = "tracking";

    static final RunSettings ROOT = new RunSettings();

    private final List<ModalitySettings<?>> modalities = new ArrayList<>();

    final Setting<String> name = optional("name", Text.of("string"), null, RunSpec::name)
            .otherwise("the file's name")
            .free()
            .means("Short name of the run, for job groups and reports.");
    final Setting<Long> seed = value("seed", Whole.longAtLeast(Long.MIN_VALUE), 0L, RunSpec::seed)
            .means("Fixes all random choices except the privacy noise.");
    final PrivateDataSettings privateData = mount("private_data", new PrivateDataSettings(), RunSpec::privateData);
    final LabelsSettings labels =
            mount("labels", new LabelsSettings(), spec -> spec.labels().column().isEmpty() ? null : spec.labels());
    final PrivacySettings privacy = mount("privacy", new PrivacySettings(), RunSpec::privacy);
    final EvolutionSettings evolution = mount("evolution", new EvolutionSettings(), spec -> spec);
    final VoteSettings vote = mount("vote", new VoteSettings(), RunSpec::vote);
    final TabularSettings tabular = modality("tabular", new TabularSettings());
    final TextSettings text = modality("text", new TextSettings());
    final ImageSettings images = modality("images", new ImageSettings());
    private final MixedSettings mixed = new MixedSettings(tabular, text);
    final EvaluationSettings evaluation = free(mount("evaluation", new EvaluationSettings(), RunSpec::evaluation));
    final OutputSettings output = mount("output", new OutputSettings(), spec -> spec);
    final TrackingSettings tracking = free(mount(TRACKING, new TrackingSettings(), TrackingSettings::orNull));

    private RunSettings() {}

    private <S extends Modality, G extends ModalitySettings<S>> G modality(String key, G group) {
        modalities.add(group);
        return mount(key, group, spec -> spec.modality().parts().stream()
                .filter(group.kind()::isInstance)
                .map(group.kind()::cast)
                .findFirst()
                .orElse(null));
    }

    /** Formats of private data that only one modality can read. */
    Stream<String> ownFormats() {
        return modalities.stream().flatMap(modality -> modality.ownFormats().stream());
    }

    /** @param defaultName name of the run if the configuration gives none */
    static RunSpec read(Node node, String defaultName) {
        Problems problems = new Problems();
        return ROOT.read(Section.root(node, problems), problems, defaultName);
    }

    private RunSpec read(Section root, Problems problems, String defaultName) {
        String givenName = root.has(name) ? root.get(name) : defaultName;
        Section privacySection = root.open(privacy);
        List<ModalitySettings<?>> given = modalities.stream().filter(root::has).toList();
        // Without any modality, report what a table lacks.
        ModalitySettings<?> chosen = given.isEmpty() ? tabular : given.get(given.size() - 1);
        boolean both = given.equals(List.of(tabular, text));
        Section chosenSection = both ? null : root.open(chosen);
        RunSpec.Labels readLabels =
                labels.read(root.open(labels), chosen == tabular && tabular.discovers(chosenSection));
        given.stream()
                .filter(other -> other != chosen && !both)
                .forEach(other -> root.problem(
                        other,
                        chosen.name()
                                + " is given, too: a run makes images, texts, rows of a table, or rows with a text;"
                                + " keep one of these sections, or tabular and text"));
        boolean clients = chosen == tabular && root.has(tabular, tabular.children);
        boolean table = !given.isEmpty() && chosen.isTable() && !clients;
        boolean noEstimate = root.has(tabular, tabular.generation)
                || root.has(tabular, tabular.mutation)
                || root.has(labels, labels.fractions);
        RunSpec.Evolution readEvolution =
                evolution.read(root.open(evolution), readLabels, usual(table, clients), noEstimate);
        RunSpec.Vote readVote = vote.read(root.open(vote));
        Section outputSection = root.open(output);
        RunSpec.Output readOutput = output.read(outputSection, readEvolution, chosen, table);
        RunSpec.PrivateData data = privateData.read(
                root.open(privateData), privacySection.get(privacy.unit), outputSection.get(output.path));
        if (data != null && !chosen.ownFormats().contains(data.format())) {
            modalities.stream()
                    .filter(owner -> owner.ownFormats().contains(data.format()))
                    .forEach(owner -> problems.add(
                            privateData.format.path(), data.format() + " is not allowed: it needs " + owner.name()));
        }
        Modality modality = both
                ? mixed.read(root, problems, readLabels, data)
                : asClients(chosen.read(chosenSection, problems, readLabels, data));
        RunSpec.Evaluation readEvaluation = evaluation.read(root.open(evaluation));
        RunSpec.Privacy readPrivacy = privacy.read(privacySection, data);
        Optional<RunSpec.Mlflow> readMlflow = tracking.read(root.open(tracking));
        checkRoles(problems, both ? mixed.role() : chosen.role(), modality, readLabels, data);
        if (readEvolution != null && readEvolution.estimates()) {
            checkEstimate(problems, readLabels, modality);
        }
        if (modality != null && readEvolution != null && readOutput != null) {
            long rows = published(readEvolution, readOutput);
            checkIds(problems, modality, rows);
            if (readLabels != null && modality.table().isPresent() && !problems.concern(tabular.name())) {
                tabular.checkConstraints(
                        problems, modality.rowPart().orElseThrow(), readLabels, rows, both, readEvolution.estimates());
            }
        }
        if (readOutput != null && readOutput.weights()) {
            checkWeights(problems, readLabels, modality);
        }
        if (clients) {
            checkClients(problems, readEvolution, readOutput, readEvaluation);
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
                readOutput,
                readMlflow);
    }

    private static EvolutionSettings.Usual usual(boolean table, boolean clients) {
        if (table) {
            return EvolutionSettings.Usual.TABLE;
        }
        return clients ? EvolutionSettings.Usual.CLIENTS : EvolutionSettings.Usual.NONE;
    }

    private static Modality asClients(Modality modality) {
        return modality instanceof RunSpec.Tabular tabular && tabular.clients().isPresent()
                ? new ClientsSpec(tabular)
                : modality;
    }

    /** Refuses what clients with child tables do not support. */
    private void checkClients(
            Problems problems, RunSpec.Evolution evolved, RunSpec.Output written, RunSpec.Evaluation measured) {
        String with = " is not allowed with tabular.children";
        if (evolved != null && !evolved.estimates()) {
            problems.add(
                    evolution.forAllVotes.selection().path(),
                    "must be estimate with tabular.children: rows are drawn from an estimate of marginals; remove it");
        }
        if (written != null && written.weights()) {
            problems.add(output.weights.path(), "true" + with + ", whose clients are published once each; remove it");
        }
        if (written != null && written.table().isPresent()) {
            problems.add(
                    output.table.path(),
                    written.table().get().name() + with + ", which give several tables; remove it");
        }
        if (measured != null && measured.privateMetrics()) {
            problems.add(
                    evaluation.privateMetrics.path(),
                    "true" + with + ": compare the published tables with `pe evaluate`; remove it");
        }
        if (measured != null && !measured.metrics().isEmpty()) {
            problems.add(evaluation.metrics.path(), "are not allowed with tabular.children; remove them");
        }
    }

    /** An estimate of declared columns determines the label shares itself. */
    private void checkEstimate(Problems problems, RunSpec.Labels readLabels, Modality modality) {
        if (modality == null || !modality.hasColumns()) {
            return;
        }
        if (modality.foreignGenerator().isPresent()) {
            problems.add(
                    tabular.generation.path(),
                    "is not allowed with evolution.selection: estimate, which draws rows from the estimate; remove it,"
                            + " or set evolution.selection: rank");
        }
        if (readLabels != null && !(readLabels.fractions() instanceof RunSpec.Fractions.Uniform)) {
            problems.add(
                    labels.fractions.path(),
                    "is not allowed with evolution.selection: estimate, where the shares follow from the"
                            + " marginals; remove it");
        }
    }

    /** Largest number of rows that are published. */
    private static long published(RunSpec.Evolution evolution, RunSpec.Output output) {
        if (evolution.estimates()) {
            return output.rows();
        }
        long selected = evolution.schedule().get(evolution.votes());
        RunSpec.PopulationRule last = evolution.rules().get(evolution.rules().size() - 1);
        return output.published() == RunSpec.Published.SELECTED
                ? selected
                : selected * (last.variationFold() + (last.keepSelected() ? 1 : 0));
    }

    private void checkIds(Problems problems, Modality modality, long rows) {
        modality.generated().columns().stream()
                .filter(column -> !column.suffices(rows))
                .forEach(column -> problems.add(tabular.path("columns"), column.tooFew(rows)));
        modality.clients().map(ClientTables::children).orElse(List.of()).forEach(child -> {
            long most = Math.multiplyExact(rows, child.most());
            child.generated().columns().stream()
                    .filter(column -> !column.suffices(most))
                    .forEach(column -> problems.add(
                            tabular.path("children"), "table '" + child.name() + "': " + column.tooFew(most)));
        });
    }

    private void checkWeights(Problems problems, RunSpec.Labels readLabels, Modality modality) {
        boolean content = Optional.ofNullable(modality)
                .flatMap(Modality::content)
                .filter(held -> held.published().equals(RunSpec.WEIGHT_COLUMN))
                .isPresent();
        boolean column = modality != null
                && (modality.generated().names().contains(RunSpec.WEIGHT_COLUMN)
                        || modality.table().stream()
                                .flatMap(declared -> declared.declared().stream())
                                .anyMatch(declared -> declared.name().equals(RunSpec.WEIGHT_COLUMN)));
        boolean label = readLabels != null && readLabels.columns().columnNames().contains(RunSpec.WEIGHT_COLUMN);
        if (content || column || label) {
            problems.add(
                    output.weights.path(),
                    "true is not allowed: there is a column " + RunSpec.WEIGHT_COLUMN + " already; rename it");
        }
    }

    /**
     * Checks that each column has one role only: feature, label or client id.
     *
     * @param modality null if it is wrong, which has been noted as a problem
     */
    private void checkRoles(
            Problems problems, String role, Modality modality, RunSpec.Labels readLabels, RunSpec.PrivateData data) {
        Set<String> features = new HashSet<>();
        if (modality != null) {
            modality.table().ifPresent(table -> table.declared().forEach(column -> features.add(column.name())));
            features.addAll(modality.generated().names());
            modality.content().ifPresent(content -> features.addAll(content.columns()));
            modality.vectorColumn().ifPresent(features::add);
            if (modality instanceof TableModality table) {
                table.discovery().ifPresent(wanted -> features.addAll(wanted.columns()));
            }
        }
        List<String> named =
                readLabels == null ? List.of() : readLabels.columns().columnNames();
        String labelPath = named.size() > 1 ? labels.path("columns") : labels.column.path();
        String client = data == null ? "" : data.clientColumn();
        named.stream()
                .filter(features::contains)
                .forEach(label -> problems.add(labelPath, label + " is not allowed: it is " + role));
        if (!client.isEmpty() && features.contains(client)) {
            problems.add(privateData.clientColumn.path(), client + " is not allowed: it is " + role);
        }
        if (!client.isEmpty() && named.contains(client)) {
            problems.add(
                    privateData.clientColumn.path(),
                    client + " is not allowed: it is " + (named.size() > 1 ? "one of " : "") + labelPath
                            + "; a client id is not a label");
        }
    }
}
