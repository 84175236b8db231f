package org.privateevolution.spark.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.audit.AuditedRun;
import org.privateevolution.audit.Claim;
import org.privateevolution.audit.Guesses;
import org.privateevolution.audit.Imprint;
import org.privateevolution.audit.SeenRelease;
import org.privateevolution.audit.WhiteBox;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.ImageSpec;
import org.privateevolution.model.MixedSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.TableSchema;
import org.privateevolution.model.TextSpec;
import org.privateevolution.model.UndiscoveredTable;
import org.privateevolution.privacy.Release;
import org.privateevolution.run.ProbeLoop.Probed;
import org.privateevolution.run.ProbeLoop.Probes;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.image.ImageRoom;
import org.privateevolution.spark.text.TextRoom;
import org.privateevolution.spark.vectors.ClusterEmbedder;
import org.privateevolution.spi.Embedder;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import org.privateevolution.table.MarginalQuery;

/**
 * Measures the privacy of a configuration's runs with invented records. It never opens the private data, the ledger,
 * the store or the output that the configuration names. Everything it writes lies in a folder of its own, and all but
 * the findings is removed.
 */
public final class Audit {

    private static final String WORK = "work";

    private final SparkSession spark;
    private final RunListener listener;

    private Audit(SparkSession spark, RunListener listener) {
        this.spark = spark;
        this.listener = listener;
    }

    public static Audit on(SparkSession spark) {
        return new Audit(spark, new RunListener() {});
    }

    /** The same audit, with a listener. */
    public Audit listener(RunListener listener) {
        return new Audit(spark, listener);
    }

    /**
     * Audits a configuration.
     *
     * @throws ConfigurationException if this configuration cannot be audited, or not with these settings, or if the
     *     output exists already
     */
    public Findings run(RunSpec declared, AuditSettings settings) {
        RunFiles output = OutputPlace.open(spark, declared, settings.output());
        Inventor inventor = inventor(declared);
        int canaries = settings.canaries().orElseGet(inventor::usualCanaries);
        Optional<BlackBoxRuns> blackBox = settings.blackBox()
                ? Optional.of(new BlackBoxRuns(spark, listener, declared, inventor))
                : Optional.empty();
        Claim claim = claim(declared);
        RunFiles work = output.in(WORK);
        try {
            WhiteBox whiteBox = whiteBox(declared, settings, inventor, canaries, claim, work);
            return new Findings(
                    declared.name(),
                    settings,
                    canaries,
                    whiteBox,
                    blackBox.map(runs -> runs.run(claim, settings, canaries, work)));
        } finally {
            work.removeAll();
            if (output.list().isEmpty()) {
                output.removeAll();
            }
        }
    }

    private Inventor inventor(RunSpec spec) {
        if (spec.modality() instanceof RunSpec.Tabular) {
            return new TableInventor(spec);
        }
        if (spec.modality() instanceof TextSpec text) {
            Embedder embedder = new ClusterEmbedder(spark, spec.name(), TextRoom.embedder(spark, text));
            return text.vectorColumn()
                    .<Inventor>map(column -> new VectorInventor(text, column, embedder))
                    .orElseGet(() -> new TextInventor(text, embedder));
        }
        if (spec.modality() instanceof ImageSpec images) {
            return new ImageInventor(images, ImageRoom.encoder(images, 1));
        }
        if (spec.modality() instanceof MixedSpec) {
            throw new ConfigurationException(List.of("text: the audit invents no records that have columns and a text:"
                    + " audit the columns alone, without the section text, or the texts, without tabular"));
        }
        if (spec.modality() instanceof UndiscoveredTable) {
            throw new ConfigurationException(List.of("tabular.discover: the audit invents records of declared columns:"
                    + " audit the configuration.yaml of a finished run, which declares those that it found"));
        }
        if (spec.modality().clients().isPresent()) {
            return new ClientInventor(spec);
        }
        throw new ConfigurationException(
                List.of("the section " + spec.modality().section()
                        + " makes samples of a kind that the audit cannot invent: audit tables, texts or images"));
    }

    /** The claim that follows from the configuration's privacy plan, whatever a run then does. */
    static Claim claim(RunSpec spec) {
        PrivacyPlan plan = PrivacyPlan.of(spec);
        double sensitivity = spec.privacy().adjacency().sensitivity();
        double votes = inverseSquares(plan.votes());
        double all = votes + inverseSquares(plan.marginals());
        int releases = plan.votes().size() + plan.marginals().size();
        if (!Double.isNaN(plan.labelCounts())) {
            all += inverseSquares(List.of(plan.labelCounts()));
            releases++;
        }
        return new Claim(
                spec.privacy().epsilon().orElseGet(() -> plan.epsilon(spec)),
                spec.privacy().delta(),
                sensitivity * Math.sqrt(all),
                sensitivity * Math.sqrt(votes),
                releases,
                spec.privacy().unit(),
                spec.privacy().adjacency());
    }

    private static double inverseSquares(List<Double> noiseMultipliers) {
        return noiseMultipliers.stream()
                .mapToDouble(noise -> 1 / (noise * noise))
                .sum();
    }

    private WhiteBox whiteBox(
            RunSpec declared, AuditSettings settings, Inventor inventor, int canaries, Claim claim, RunFiles work) {
        int guesses = Guesses.best(canaries * settings.runs(), claim.votesMu(), claim.delta(), settings.confidence())
                / settings.runs();
        SplittableRandom random = new SplittableRandom(settings.seed());
        List<AuditedRun> runs = new ArrayList<>();
        boolean resumed = true;
        for (int run = 1; run <= settings.runs(); run++) {
            listener.stageStarted("inventing canaries, run " + run + " of " + settings.runs(), 0);
            AuditedConfiguration copy = new AuditedConfiguration(declared, work.location() + "/white-" + run);
            RunSpec spec = copy.spec();
            Canaries invented = Canaries.invented(spec, inventor, canaries, random.split());
            Probes probes = invented.probes();
            new SelfNearest(spec).require(probes);
            new PrivateRecords(spark, spec, inventor).write(invented.records());
            PrivateEvolution evolution =
                    PrivateEvolution.on(spark).listener(new StagesOf(run, settings.runs(), listener));
            List<Probed> seen = evolution.probe(spec, probes);
            listener.stageStarted("resuming, run " + run + " of " + settings.runs(), 0);
            List<Probed> again = PrivateEvolution.on(spark).probe(spec, probes);
            resumed &= same(seen, again);
            runs.add(seen(spec, invented, seen, again));
            work.in("white-" + run).removeAll();
        }
        return WhiteBox.of(claim, settings.confidence(), runs, guesses, resumed);
    }

    static boolean same(List<Probed> seen, List<Probed> again) {
        return seen.stream()
                .map(Probed::histogram)
                .toList()
                .equals(again.stream().map(Probed::histogram).toList());
    }

    /**
     * The releases as the auditor sees them. Where the second start released something else than the first, their mean.
     */
    static AuditedRun seen(RunSpec spec, Canaries canaries, List<Probed> first, List<Probed> second) {
        PrivacyPlan plan = PrivacyPlan.of(spec);
        Imprint ofVotes = canaries.ofVotes();
        List<SeenRelease> releases = new ArrayList<>();
        int votes = 0;
        int marginals = 0;
        for (int r = 0; r < first.size(); r++) {
            Probed release = first.get(r);
            double[] noisy = release.histogram().votes(0, release.histogram().candidates());
            double[] again =
                    second.get(r).histogram().votes(0, second.get(r).histogram().candidates());
            Arrays.setAll(noisy, cell -> (noisy[cell] + again[cell]) / 2);
            boolean ofProbes = release.kind() == Release.Kind.VOTES;
            double noise;
            Imprint imprint;
            if (ofProbes) {
                noise = plan.votes().get(votes++);
                imprint = ofVotes;
            } else if (release.kind() == Release.Kind.MARGINALS) {
                noise = plan.marginals().get(marginals++);
                TableSchema schema = spec.tabular().schema();
                MarginalQuery cells = release.cells().orElseThrow();
                imprint = spec.modality().clients().isPresent()
                        ? canaries.ofJoinedCells(schema, cells)
                        : canaries.ofCells(schema, cells);
            } else {
                noise = plan.labelCounts();
                imprint = canaries.ofLabels();
            }
            releases.add(new SeenRelease(ofProbes, noise, imprint, noisy));
        }
        return new AuditedRun(canaries.coins(), releases);
    }

    /** Passes on the stages of one run among several. */
    record StagesOf(int run, int runs, RunListener listener) implements RunListener {

        @Override
        public void stageStarted(String stage, long total) {
            listener.stageStarted(runs == 1 ? stage : "run " + run + ": " + stage, total);
        }

        @Override
        public void stageProgressed(long done) {
            listener.stageProgressed(done);
        }
    }
}
