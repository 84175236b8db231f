package org.privateevolution.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.RunSpec.Fractions;
import org.privateevolution.privacy.Release;
import org.privateevolution.store.RunRecord;

/** The releases of a run by its plan: their ids and their noise. */
public final class PlannedReleases {

    /** Id of the release of a discovery. */
    public static final String DISCOVERY = "discovery";

    private final RunSpec spec;
    private final RunRecord run;
    private final Clock clock;

    public PlannedReleases(RunSpec spec, RunRecord run, Clock clock) {
        this.spec = spec;
        this.run = run;
        this.clock = clock;
    }

    /** All releases: discovery, label counts, marginals, then votes in order. */
    public List<Release> all() {
        List<Release> planned = new ArrayList<>();
        discovery().ifPresent(planned::add);
        if (spec.labels().fractions() instanceof Fractions.Noisy) {
            planned.add(labelCounts());
        }
        for (int m = 0; m < run.plan().marginals().size(); m++) {
            planned.add(marginals(m));
        }
        for (int iteration = 1; iteration <= spec.evolution().votes(); iteration++) {
            planned.add(vote(iteration));
        }
        return planned;
    }

    /** The discovery of the columns; empty if the run declares them. */
    public Optional<Release> discovery() {
        return run.plan()
                .discovery()
                .map(noise ->
                        release(DISCOVERY, Release.Kind.DISCOVERY, noise.noiseMultiplier(), noise.thresholdDelta()));
    }

    Release labelCounts() {
        return release("label-counts", Release.Kind.LABEL_COUNTS, run.plan().labelCounts());
    }

    /** The first marginals (0) or the second ones (1). */
    Release marginals(int which) {
        return release(
                marginalsId(which),
                Release.Kind.MARGINALS,
                run.plan().marginals().get(which));
    }

    public static String marginalsId(int which) {
        return "marginals-" + (which + 1);
    }

    Release vote(int iteration) {
        return release(String.format(Locale.ROOT, "vote-%03d", iteration), Release.Kind.VOTES, noiseOfVote(iteration));
    }

    /** Noise multiplier of a vote. */
    double noiseOfVote(int iteration) {
        return run.plan().votes().get(iteration - 1);
    }

    private Release release(String id, Release.Kind kind, double noiseMultiplier) {
        return release(id, kind, noiseMultiplier, 0);
    }

    private Release release(String id, Release.Kind kind, double noiseMultiplier, double thresholdDelta) {
        return new Release(
                id,
                run.runId(),
                run.fingerprint().full(),
                kind,
                noiseMultiplier,
                spec.privacy().unit(),
                spec.privacy().adjacency(),
                spec.privateData().clientColumn(),
                clock.instant(),
                spec.name(),
                spec.privacy().delta(),
                thresholdDelta);
    }
}
