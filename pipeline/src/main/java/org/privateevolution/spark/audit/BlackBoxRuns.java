package org.privateevolution.spark.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.audit.BlackBox;
import org.privateevolution.audit.Claim;
import org.privateevolution.audit.Guesses;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.model.Payload;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.PrivateEvolution;
import org.privateevolution.spark.RunResult;
import org.privateevolution.spark.audit.Canaries.Owned;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;
import org.privateevolution.vector.Metric;

/**
 * Whole runs on canaries among as many other invented records. Only the published samples are examined: a canary's
 * score is how much nearer it lies to a published sample than its control, an invented record that was never in.
 */
final class BlackBoxRuns {

    /** Keeps these random draws apart from those of the white-box audit. */
    private static final long SALT = 0x5eed_b1ac_b0c5L;

    private final SparkSession spark;
    private final RunListener listener;
    private final RunSpec declared;
    private final Inventor inventor;

    BlackBoxRuns(SparkSession spark, RunListener listener, RunSpec declared, Inventor inventor) {
        this.spark = spark;
        this.listener = listener;
        this.declared = declared;
        this.inventor = inventor;
        if (declared.modality().clients().isPresent()) {
            throw new ConfigurationException(
                    List.of("--black-box: it compares published records with invented ones, and clients with child"
                            + " tables are published as several tables: audit without --black-box, which covers all"
                            + " releases"));
        }
        if (declared.modality().vectorColumn().isPresent()) {
            throw new ConfigurationException(List.of("--black-box: the texts' vectors come from a column, "
                    + declared.modality().vectorColumn().get()
                    + ", so that canaries are vectors, and no published text can be theirs: audit without"
                    + " --black-box, or"
                    + " take text.embedding.column out"));
        }
    }

    BlackBox run(Claim claim, AuditSettings settings, int canaries, RunFiles work) {
        int guesses = Guesses.best(canaries * settings.runs(), claim.mu(), claim.delta(), settings.confidence())
                / settings.runs();
        SplittableRandom random = new SplittableRandom(settings.seed() ^ SALT);
        List<BlackBox.Scored> runs = new ArrayList<>();
        for (int run = 1; run <= settings.runs(); run++) {
            AuditedConfiguration copy = new AuditedConfiguration(declared, work.location() + "/black-" + run);
            RunSpec spec = copy.spec();
            Canaries invented = Canaries.invented(spec, inventor, canaries, random.split());
            Canaries others = Canaries.invented(spec, inventor, canaries, random.split());
            List<Owned> records = new ArrayList<>(invented.records());
            // Half of the others are background; no record of theirs, in or not, is a canary.
            for (Owned owned : others.records()) {
                records.add(new Owned(owned.record(), "other-" + owned.client()));
            }
            new PrivateRecords(spark, spec, inventor).write(records);
            RunResult result = PrivateEvolution.on(spark)
                    .listener(new Audit.StagesOf(run, settings.runs(), listener))
                    .run(spec);
            List<Payload> published = inventor.payloads(result.synthetic());
            runs.add(scored(invented, published, random.split()));
            work.in("black-" + run).removeAll();
        }
        return BlackBox.of(claim, settings.confidence(), runs, guesses);
    }

    private BlackBox.Scored scored(Canaries canaries, List<Payload> published, SplittableRandom random) {
        List<Payload> asked = new ArrayList<>();
        canaries.firsts().forEach(record -> asked.add(record.payload()));
        for (int i = 0; i < canaries.size(); i++) {
            asked.add(inventor.invent(random));
        }
        float[] samples = inventor.embed(published);
        float[] vectors = inventor.embed(asked);
        List<Double> scores = new ArrayList<>();
        List<Boolean> coins = new ArrayList<>();
        for (int i = 0; i < canaries.size(); i++) {
            scores.add(nearest(vectors, canaries.size() + i, samples) - nearest(vectors, i, samples));
            coins.add(canaries.coins()[i]);
        }
        return new BlackBox.Scored(scores, coins, published.size());
    }

    private double nearest(float[] vectors, int index, float[] samples) {
        int dimension = inventor.dimension();
        double most = Double.NEGATIVE_INFINITY;
        for (int at = 0; at < samples.length; at += dimension) {
            most = Math.max(most, Metric.L2.score(vectors, index * dimension, samples, at, dimension));
        }
        return Math.sqrt(-most);
    }
}
