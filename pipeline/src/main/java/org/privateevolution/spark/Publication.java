package org.privateevolution.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.config.CanonicalConfiguration;
import org.privateevolution.evaluation.Diversity;
import org.privateevolution.evaluation.IdentifierScan;
import org.privateevolution.evaluation.MetricsCsv;
import org.privateevolution.evaluation.TableAssociations;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.evolution.QualityVerdict;
import org.privateevolution.evolution.ReleasedMarginals;
import org.privateevolution.model.ClientTables;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.Text;
import org.privateevolution.privacy.LedgerEntry;
import org.privateevolution.report.HtmlReport;
import org.privateevolution.report.RunReport;
import org.privateevolution.run.Guarantee;
import org.privateevolution.run.Outcome;
import org.privateevolution.run.PlannedReleases;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.source.PinnedVersion;
import org.privateevolution.spi.IterationStore;
import org.privateevolution.store.DiscoveredSections;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.SourceRecord;

/** Writes the results of a finished run: synthetic data, guarantee, metrics, report and the resolved configuration. */
final class Publication {

    static final String GUARANTEE = "guarantee.json";

    private static final String METRICS = "metrics.csv";
    private static final String REPORT = "report.html";
    /** Metrics computed from the private data have files of their own, whose names say so. */
    private static final String PRIVATE_METRICS = "metrics-private.csv";

    static final String CONFIGURATION = "configuration.yaml";

    /** Files that may be published beside the data. */
    static final List<String> PUBLISHED = List.of(GUARANTEE, REPORT, METRICS, CONFIGURATION);

    private static final String PRIVATE_REPORT = "report-private.html";

    private final SparkSession spark;
    private final RunSpec spec;
    private final IterationStore store;
    private final RunFiles output;
    private final PrivacyPlan plan;
    private final Optional<SourceRecord> dataVersion;
    private final Optional<OutputTable> table;

    Publication(
            SparkSession spark,
            RunSpec spec,
            IterationStore store,
            RunFiles output,
            PrivacyPlan plan,
            Optional<PinnedVersion> dataVersion,
            Optional<OutputTable> table) {
        this.spark = spark;
        this.spec = spec;
        this.store = store;
        this.output = output;
        this.plan = plan;
        this.dataVersion = dataVersion.map(version -> new SourceRecord(version.format(), version.version()));
        this.table = table;
    }

    /** An earlier start of the run may have been asked for private metrics. */
    private boolean isAskedFor(MetricValue metric) {
        return metric.insideGuarantee() || spec.evaluation().privateMetrics();
    }

    RunResult publish(
            Outcome outcome,
            Guarantee guarantee,
            Instant finishedAt,
            OpenModality modality,
            OpenModality.Measures measures,
            ForeignMetrics foreign) {
        // A shorter run's guarantee would understate the epsilon of this output, and an earlier version's files may
        // hold private figures.
        for (String earlier : List.of(GUARANTEE, REPORT, METRICS)) {
            output.in(earlier).removeAll();
        }
        Population population = outcome.population();
        List<Double> weights = spec.output().weights() ? outcome.weights() : List.of();
        Dataset<Row> synthetic = modality.publish(population, weights, output);
        outcome.estimate().ifPresent(modality::writeEstimate);

        int last = spec.evolution().votes();
        List<MetricValue> metrics = new ArrayList<>();
        for (int iteration = 1; iteration <= last; iteration++) {
            store.metrics(iteration).stream().filter(this::isAskedFor).forEach(metrics::add);
        }
        RunReport.Table sample = modality.shown(population);
        List<RunReport.Vote> votes = votes(metrics);
        double distinct = Diversity.distinctShare(population.payloads());
        metrics.add(new MetricValue(last, MetricValue.ALL_LABELS, "distinct_share", distinct, true));
        IntFunction<Population> populations = iteration -> iteration == last ? population : store.population(iteration);
        IdentifierScan identifiers = IdentifierScan.of(texts(population));
        metrics.addAll(identifiers.metrics(last));
        OpenModality.Measured measured = measures.of(populations, last);
        metrics.addAll(measured.metrics());
        Optional<QualityVerdict> quality = QualityVerdict.of(spec, plan, metrics);
        Set<String> taken = metrics.stream().map(MetricValue::metric).collect(Collectors.toSet());
        List<MetricValue> figures = foreign.measured(populations, last, taken);
        metrics.addAll(figures);
        Optional<MarginalComparison> marginals = measured.marginals();
        List<RunReport.Curve> curves = modality.measuresEachPopulation()
                ? curves(Stream.concat(measured.metrics().stream(), figures.stream()))
                : List.of();
        List<RunReport.Picture> pictures = modality.pictures(populations, last, output);

        List<String> verdict =
                new ArrayList<>(quality.map(QualityVerdict::sentences).orElse(List.of()));
        identifiers.warning().ifPresent(verdict::add);
        madeUp().ifPresent(verdict::add);
        if (!spec.constraints().isEmpty()) {
            verdict.add("Every row obeys the constraints of the configuration ("
                    + spec.constraints().size() + ").");
        }
        discovered(guarantee.runId()).ifPresent(verdict::add);
        output.write(CONFIGURATION, CanonicalConfiguration.yaml(spec.declared()));
        RunReport report = new RunReport(
                spec.name(),
                finishedAt,
                described(guarantee),
                votes,
                sample,
                marginals,
                curves,
                pictures,
                modality.lineages(populations, last),
                verdict,
                measured.associations(),
                modelled(population, outcome),
                released(population));
        output.write(METRICS, csv(metrics.stream().filter(MetricValue::insideGuarantee)));
        output.write(REPORT, HtmlReport.published(report));
        if (spec.evaluation().privateMetrics()) {
            output.write(PRIVATE_METRICS, csv(metrics.stream().filter(metric -> !metric.insideGuarantee())));
            output.write(PRIVATE_REPORT, HtmlReport.confidential(report));
        } else {
            // An earlier start of the run may have been asked for them.
            output.in(PRIVATE_METRICS).removeAll();
            output.in(PRIVATE_REPORT).removeAll();
        }
        table.ifPresent(named -> named.write(synthetic, guarantee));
        // Last, because its presence says that the rest is complete.
        output.write(GUARANTEE, guarantee.json(spark.version(), dataVersion, quality));
        return new RunResult(synthetic, guarantee, metrics, marginals, verdict, output.location());
    }

    private static List<String> texts(Population population) {
        return population.payloads().stream()
                .flatMap(payload -> payload.text().stream())
                .map(Text::value)
                .toList();
    }

    /** A sentence that names the made-up columns; empty if there are none. */
    private Optional<String> madeUp() {
        List<String> names = new ArrayList<>(spec.modality().generated().names());
        spec.modality().clients().map(ClientTables::children).orElse(List.of()).forEach(child -> child.generated()
                .names()
                .forEach(name -> names.add(child.name() + "_" + name)));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("Made up, and never read from the private data: " + String.join(", ", names) + ".");
    }

    /** A sentence on the columns that the run discovered; empty if the configuration declares them. */
    private Optional<String> discovered(String runId) {
        return spec.undiscovered()
                .flatMap(before -> DiscoveredSections.read(DiscoveredSections.files(output), runId))
                .map(found -> "The run discovered its columns itself, within its guarantee."
                        + (found.leftOut().isEmpty()
                                ? ""
                                : " Left out: "
                                        + found.leftOut().stream()
                                                .map(column -> column.column() + " (" + column.reason() + ")")
                                                .collect(Collectors.joining(", "))
                                        + "."));
    }

    /** Associations between columns; empty unless the rows have several columns. */
    private Optional<RunReport.Modelled> modelled(Population population, Outcome outcome) {
        if (spec.modality().table().isEmpty()) {
            return Optional.empty();
        }
        TableAssociations associations = new TableAssociations(
                spec.modality().table().get(), spec.labels().names().size());
        List<String> names = associations.names(spec.labels().column());
        return names.size() < 2 || population.size() == 0
                ? Optional.empty()
                : Optional.of(new RunReport.Modelled(
                        names,
                        outcome.estimate().map(points -> associations.of(points.samples(), points.weights())),
                        associations.of(population.samples(), outcome.weights())));
    }

    /** The released marginals; empty unless the run estimates a table. */
    private List<ColumnMarginal> released(Population population) {
        if (plan.marginals().isEmpty()) {
            return List.of();
        }
        return store.release(PlannedReleases.marginalsId(0))
                .map(histogram -> ReleasedMarginals.of(
                        spec.tabular().schema(), spec.labels().names().size(), histogram, population))
                .orElse(List.of());
    }

    /** Each metric over the iterations, in the order of measurement. */
    private static List<RunReport.Curve> curves(Stream<MetricValue> metrics) {
        Map<String, List<MetricValue>> byMetric =
                metrics.collect(Collectors.groupingBy(MetricValue::metric, LinkedHashMap::new, Collectors.toList()));
        List<RunReport.Curve> curves = new ArrayList<>();
        byMetric.forEach((metric, values) -> curves.add(new RunReport.Curve(
                metric,
                values.get(0).insideGuarantee(),
                values.stream().map(MetricValue::value).toList())));
        return curves;
    }

    private static String csv(Stream<MetricValue> metrics) {
        StringBuilder text = new StringBuilder();
        try {
            MetricsCsv.write(metrics.toList(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The votes, summed over all labels. */
    private static List<RunReport.Vote> votes(List<MetricValue> metrics) {
        Map<Integer, Map<String, Double>> sums = metrics.stream()
                .collect(Collectors.groupingBy(
                        MetricValue::iteration,
                        TreeMap::new,
                        Collectors.groupingBy(MetricValue::metric, Collectors.summingDouble(MetricValue::value))));
        List<RunReport.Vote> votes = new ArrayList<>();
        sums.forEach((iteration, sum) -> votes.add(new RunReport.Vote(
                iteration,
                sum.get("candidates").intValue(),
                sum.get("survivors").intValue(),
                sum.get("distinct_selected").intValue(),
                sum.get("effective_candidates"))));
        return votes;
    }

    private static RunReport.PrivacyStatement described(Guarantee guarantee) {
        List<LedgerEntry> charges = guarantee.charges();
        List<Double> spending = guarantee.spending();
        return new RunReport.PrivacyStatement(
                guarantee.sentence(),
                guarantee.epsilon(),
                guarantee.delta(),
                guarantee.unit().configName(),
                guarantee.adjacency().configName(),
                IntStream.range(0, charges.size())
                        .mapToObj(i -> new RunReport.StatedRelease(
                                charges.get(i).release().releaseId(),
                                charges.get(i).release().noiseMultiplier(),
                                spending.get(i)))
                        .toList(),
                guarantee.ledger(),
                guarantee.fingerprint(),
                guarantee.outlook(),
                guarantee.dataSetEpsilon(),
                guarantee.conditions());
    }
}
