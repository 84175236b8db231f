package org.privateevolution.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.privateevolution.model.ExtensionSpec;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TextSpec;
import org.privateevolution.privacy.Adjacency;
import org.privateevolution.privacy.PrivacyUnit;
import org.privateevolution.vector.Metric;

/** Turns a configuration into a {@link RunSpec}, or says everything that is wrong with it. */
final class RunSpecReader {

    private static final String TABULAR = "tabular";
    private static final String TEXT = "text";
    private static final String IMAGES = "images";

    private static final List<String> OUTPUT_FORMATS = List.of("parquet", "csv", "jsonl");
    private static final List<String> DEFAULT_FORMATS = List.of("parquet", "csv");
    private static final List<String> IMAGE_FORMATS = List.of("png", "parquet");
    private static final String PNG = "png";
    private static final List<String> DEFAULT_IMAGE_FORMATS = List.of(PNG);

    private final Section root;
    private final Problems problems;

    private RunSpecReader(Section root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    static RunSpec read(Node node, String defaultName) {
        Problems problems = new Problems();
        return new RunSpecReader(Section.root(node, problems), problems).read(defaultName);
    }

    private RunSpec read(String defaultName) {
        String name = root.has(Key.NAME) ? root.text(Key.NAME) : defaultName;
        Long seed = root.longInteger(Key.SEED);
        Section privacySection = root.section("privacy");
        PrivacyUnit unit = privacySection.choice(Key.PRIVACY_UNIT, PrivacyUnit.class);
        Section privateDataSection = root.section("private_data");
        RunSpec.Labels labels = new LabelsReader(root.section("labels"), problems).read();
        RunSpec.Evolution evolution =
                new EvolutionReader(root.section("evolution"), problems, root.hasGroup(TABULAR)).read(labels);
        RunSpec.Vote vote = vote(root.section("vote"));
        RunSpec.Output output =
                output(root.section("output"), evolution, root.hasGroup(IMAGES), root.hasGroup(TABULAR));
        RunSpec.PrivateData privateData = new PrivateDataReader(privateDataSection, problems).read(unit, output);
        RunSpec.Modality modality = modality(labels, privateData);
        RunSpec.Evaluation evaluation = evaluation(root.section("evaluation"));
        String ledger = ledger(privacySection, privateData);
        RunSpec.Privacy privacy = privacy(privacySection, unit, ledger);
        checkRoles(modality, labels, privateData);
        if (evolution != null && evolution.estimates()) {
            checkEstimate(labels, modality);
        }
        if (output != null && output.weights()) {
            checkWeights(labels, modality);
        }
        problems.throwIfAny();
        return new RunSpec(name, seed, privateData, labels, privacy, evolution, vote, modality, evaluation, output);
    }

    private RunSpec.Modality modality(RunSpec.Labels labels, RunSpec.PrivateData data) {
        List<String> given =
                List.of(IMAGES, TEXT, TABULAR).stream().filter(root::hasGroup).toList();
        for (String other : given.stream().skip(1).toList()) {
            problems.add(
                    other,
                    given.get(0) + " is given, too: a run makes images, texts or rows of a table, so give one of them");
        }
        if (root.hasGroup(IMAGES)) {
            return new ImageReader(root.section(IMAGES), problems).read(labels, data);
        }
        if (data != null && ImageReader.ownFormat(data.format())) {
            problems.add(Key.PRIVATE_DATA_FORMAT.path(), data.format() + " is not allowed: it needs images");
        }
        return root.hasGroup(TEXT)
                ? new TextReader(root.section(TEXT), problems).read(labels)
                : new TabularReader(root.section(TABULAR), problems).read();
    }

    private static RunSpec.Privacy privacy(Section privacy, PrivacyUnit unit, String ledger) {
        if (privacy.has(Key.PRIVACY_EPSILON) && privacy.has(Key.PRIVACY_NOISE_MULTIPLIER)) {
            privacy.refuse(Key.PRIVACY_NOISE_MULTIPLIER, "privacy.epsilon is given too: give exactly one of the two");
        }
        if (!privacy.has(Key.PRIVACY_EPSILON) && !privacy.has(Key.PRIVACY_NOISE_MULTIPLIER)) {
            privacy.missing(Key.PRIVACY_EPSILON, "give it, or privacy.noise_multiplier");
        }
        Double epsilon = positive(privacy, Key.PRIVACY_EPSILON);
        Double noiseMultiplier = noiseMultiplier(privacy, Key.PRIVACY_NOISE_MULTIPLIER);
        Double delta = delta(privacy, Key.PRIVACY_DELTA);
        Adjacency adjacency = privacy.choice(Key.PRIVACY_ADJACENCY, Adjacency.class);
        Optional<RunSpec.EpsilonCap> budget = budget(privacy.section("budget"));
        if (delta == null || ledger == null || (epsilon == null) == (noiseMultiplier == null)) {
            return null;
        }
        return new RunSpec.Privacy(
                epsilon == null ? OptionalDouble.empty() : OptionalDouble.of(epsilon),
                noiseMultiplier == null ? OptionalDouble.empty() : OptionalDouble.of(noiseMultiplier),
                delta,
                unit,
                adjacency,
                ledger,
                budget);
    }

    /** By default the ledger lies beside the data: it belongs to them, not to what one run makes of them. */
    private static String ledger(Section privacy, RunSpec.PrivateData data) {
        if (privacy.has(Key.PRIVACY_LEDGER) || data == null) {
            return privacy.location(Key.PRIVACY_LEDGER);
        }
        Optional<String> beside = DefaultLedger.of(data);
        if (beside.isEmpty()) {
            privacy.missing(
                    Key.PRIVACY_LEDGER,
                    "required, path or URI, for the private data are "
                            + (data.isDataFrame() ? "a DataFrame" : "no files that a ledger could lie beside")
                            + ": all runs on the data set must share one");
        }
        return beside.orElse(null);
    }

    private static Optional<RunSpec.EpsilonCap> budget(Section budget) {
        if (budget.isEmpty()) {
            return Optional.empty();
        }
        if (!budget.has(Key.PRIVACY_BUDGET_EPSILON)) {
            budget.missing(Key.PRIVACY_BUDGET_EPSILON);
        }
        if (!budget.has(Key.PRIVACY_BUDGET_DELTA)) {
            budget.missing(Key.PRIVACY_BUDGET_DELTA);
        }
        Double epsilon = positive(budget, Key.PRIVACY_BUDGET_EPSILON);
        Double delta = delta(budget, Key.PRIVACY_BUDGET_DELTA);
        return epsilon == null || delta == null
                ? Optional.empty()
                : Optional.of(new RunSpec.EpsilonCap(epsilon, delta));
    }

    private static RunSpec.Vote vote(Section vote) {
        Metric metric = vote.choice(Key.VOTE_METRIC, Metric.class);
        Integer neighbors = vote.integer(Key.VOTE_NEIGHBORS, 1, 32);
        Integer chunkMiB = vote.integer(Key.VOTE_BROADCAST_CHUNK_MIB, 1, 1024);
        return metric == null || neighbors == null || chunkMiB == null
                ? null
                : new RunSpec.Vote(metric, neighbors, chunkMiB);
    }

    private RunSpec.Evaluation evaluation(Section evaluation) {
        Boolean privateMetrics = evaluation.flag(Key.EVALUATION_PRIVATE_METRICS);
        List<ExtensionSpec> metrics = new ExtensionReader(problems)
                .metrics(evaluation, Key.EVALUATION_METRICS, Boolean.TRUE.equals(privateMetrics));
        return privateMetrics == null ? null : new RunSpec.Evaluation(privateMetrics, metrics);
    }

    private static RunSpec.Output output(Section output, RunSpec.Evolution evolution, boolean images, boolean table) {
        String location = output.location(Key.OUTPUT_PATH);
        List<String> allowed = images ? IMAGE_FORMATS : OUTPUT_FORMATS;
        List<String> formats = output.has(Key.OUTPUT_FORMATS)
                ? output.texts(Key.OUTPUT_FORMATS)
                : images ? DEFAULT_IMAGE_FORMATS : DEFAULT_FORMATS;
        if (formats != null && !allowed.containsAll(formats)) {
            output.conflict(
                    Key.OUTPUT_FORMATS,
                    String.join(", ", formats) + " is not allowed: must be of " + String.join(", ", allowed));
        }
        RunSpec.Published published = output.has(Key.OUTPUT_PUBLISH)
                ? output.choice(Key.OUTPUT_PUBLISH, RunSpec.Published.class)
                : defaultPublished(evolution);
        boolean estimates = evolution != null && evolution.estimates();
        if (estimates) {
            output.refuse(
                    Key.OUTPUT_PUBLISH,
                    "evolution.selection is estimate: what is published is drawn from all samples; take it out");
        } else {
            String reason = "evolution.selection is not estimate: what is selected is what is published";
            output.refuse(Key.OUTPUT_ROWS, reason);
            output.refuse(Key.OUTPUT_WEIGHTS, reason);
        }
        if (table) {
            output.refuse(Key.OUTPUT_WEIGHTS, "the rows of a table are drawn as often as they count; take it out");
        }
        Integer rows = output.has(Key.OUTPUT_ROWS)
                ? output.integer(Key.OUTPUT_ROWS, 1, Integer.MAX_VALUE)
                : Integer.valueOf(estimates ? evolution.schedule().get(evolution.votes()) : 0);
        Boolean weights = output.flag(Key.OUTPUT_WEIGHTS);
        if (formats != null && formats.equals(List.of(PNG)) && Boolean.TRUE.equals(weights)) {
            output.conflict(
                    Key.OUTPUT_WEIGHTS,
                    "true is not allowed: image files have no columns; add parquet to output.formats");
        }
        return location == null || formats == null || rows == null || weights == null
                ? null
                : new RunSpec.Output(location, formats, published, estimates ? rows : 0, weights);
    }

    /** Variations have seen no vote; where the selected samples are kept, they are the better ones to publish. */
    private static RunSpec.Published defaultPublished(RunSpec.Evolution evolution) {
        if (evolution == null) {
            return null;
        }
        RunSpec.PopulationRule last = evolution.rules().get(evolution.rules().size() - 1);
        return last.keepSelected() ? RunSpec.Published.SELECTED : RunSpec.Published.POPULATION;
    }

    /** An estimate of a table finds the shares of labels itself. */
    private void checkEstimate(RunSpec.Labels labels, RunSpec.Modality modality) {
        if (modality instanceof RunSpec.Tabular tabular && tabular.generator().isPresent()) {
            problems.add(
                    Key.TABULAR_GENERATION.path(),
                    "is not allowed: with evolution.selection: estimate rows are drawn from the estimate; take it out, or"
                            + " set evolution.selection: rank");
        }
        if (modality instanceof RunSpec.Tabular
                && labels != null
                && !(labels.fractions() instanceof RunSpec.Fractions.Uniform)) {
            problems.add(
                    Key.LABELS_FRACTIONS.path(),
                    "is not allowed: with evolution.selection: estimate the shares follow from the marginals; take it out");
        }
    }

    private void checkWeights(RunSpec.Labels labels, RunSpec.Modality modality) {
        String content = modality instanceof TextSpec text
                ? text.outputColumn()
                : modality instanceof ImageSpec images ? images.source().column() : "";
        if (content.equals(RunSpec.WEIGHT_COLUMN)
                || (labels != null && labels.column().equals(RunSpec.WEIGHT_COLUMN))) {
            problems.add(
                    Key.OUTPUT_WEIGHTS.path(),
                    "true is not allowed: there is a column " + RunSpec.WEIGHT_COLUMN + " already; rename it");
        }
    }

    /** A column is a feature, the label or the client id, and only one of them. */
    private void checkRoles(RunSpec.Modality modality, RunSpec.Labels labels, RunSpec.PrivateData privateData) {
        List<String> features = new ArrayList<>();
        String where = "";
        if (modality instanceof RunSpec.Tabular tabular) {
            tabular.schema().columns().forEach(column -> features.add(column.name()));
            where = "one of tabular.columns; take it out of them";
        } else if (modality instanceof TextSpec text) {
            features.addAll(text.columns());
            text.embedding().column().ifPresent(features::add);
            where = "text.embedding.column or one of text.columns; a column has one role";
        } else if (modality instanceof ImageSpec images) {
            features.add(images.source().column());
            where = "images.column; a column has one role";
        }
        if (labels != null && !labels.column().isEmpty() && features.contains(labels.column())) {
            problems.add(Key.LABELS_COLUMN.path(), labels.column() + " is not allowed: it is " + where);
        }
        if (privateData != null
                && !privateData.clientColumn().isEmpty()
                && features.contains(privateData.clientColumn())) {
            problems.add(
                    Key.PRIVATE_DATA_CLIENT_COLUMN.path(),
                    privateData.clientColumn() + " is not allowed: it is " + where);
        }
        if (labels != null
                && privateData != null
                && !labels.column().isEmpty()
                && labels.column().equals(privateData.clientColumn())) {
            problems.add(
                    Key.PRIVATE_DATA_CLIENT_COLUMN.path(),
                    privateData.clientColumn() + " is not allowed: it is labels.column; a client id is not a label");
        }
    }

    static Double positive(Section section, Key key) {
        return section.number(key, x -> x > 0, "must be greater than 0");
    }

    /** Within the bounds for which the accounting of discrete noise is proved. */
    static Double noiseMultiplier(Section section, Key key) {
        return section.number(key, x -> x >= 0x1p-10 && x <= 0x1p24, "must be from 2^-10 to 2^24 (16777216)");
    }

    private static Double delta(Section section, Key key) {
        return section.number(key, x -> x > 0 && x < 1, "must be greater than 0 and less than 1");
    }
}
