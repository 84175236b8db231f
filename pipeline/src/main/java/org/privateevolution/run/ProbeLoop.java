package org.privateevolution.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.RunSpec.Fractions;
import org.privateevolution.model.Sample;
import org.privateevolution.privacy.NoisyHistogram;
import org.privateevolution.privacy.Release;
import org.privateevolution.store.RunFiles;
import org.privateevolution.store.SecondMarginals;
import org.privateevolution.table.MarginalQuery;

/**
 * Makes the releases of a run on candidates that stay the same in every vote, for an audit. They are the releases of
 * the ordinary loops, in the same order, with the same noise, and through {@link PrivateReleases}. Only the candidates
 * differ, and nothing follows from the votes.
 */
public final class ProbeLoop {

    private final OpenRun run;
    private final RunSpec spec;
    private final RunFiles files;
    private final int beforeSecondMarginals;
    private final Probes probes;

    /**
     * The candidates.
     *
     * @param samples samples, ordered by label
     * @param vectors the candidates' vectors, row-major, in the same order
     * @param dimension number of floats per vector
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Probes(List<Sample> samples, float[] vectors, int dimension) {
        public Probes {
            samples = List.copyOf(samples);
            if (vectors.length != (long) samples.size() * dimension) {
                throw new IllegalArgumentException(samples.size() + " probes of " + dimension
                        + " floats each have vectors of " + vectors.length + " together");
            }
        }
    }

    /**
     * A release.
     *
     * @param cells the marginals that were counted; empty for votes and for counts of labels
     */
    public record Probed(NoisyHistogram histogram, Release.Kind kind, Optional<MarginalQuery> cells) {}

    /**
     * @param files files of the store
     * @param beforeSecondMarginals the vote after which the second marginals of a table's estimate are counted
     */
    public ProbeLoop(OpenRun run, RunFiles files, int beforeSecondMarginals, Probes probes) {
        this.run = run;
        this.spec = run.spec();
        this.files = files;
        this.beforeSecondMarginals = beforeSecondMarginals;
        this.probes = probes;
    }

    /** Makes the releases, or takes those that were made before. */
    public List<Probed> run() {
        if (probes.dimension() != run.embedder().dimension()) {
            throw new IllegalArgumentException("probes have " + probes.dimension() + " dimensions, but private records "
                    + run.embedder().dimension());
        }
        List<Probed> releases = new ArrayList<>();
        if (spec.labels().fractions() instanceof Fractions.Noisy) {
            Release release = run.planned().labelCounts();
            releases.add(new Probed(
                    run.releases().release(release, run.electorate()::labels), release.kind(), Optional.empty()));
        }
        if (spec.buysMarginals()) {
            releases.add(marginals(0, EstimateLoop.firstMarginals(spec)));
        }
        VoteSteps votes = new VoteSteps(run);
        for (int vote = 1; vote <= spec.evolution().votes(); vote++) {
            if (spec.buysMarginals() && vote == beforeSecondMarginals + 1) {
                releases.addAll(laterMarginals());
            }
            releases.add(cast(votes, vote));
        }
        if (spec.buysMarginals() && beforeSecondMarginals >= spec.evolution().votes()) {
            releases.addAll(laterMarginals());
        }
        return releases;
    }

    private Probed cast(VoteSteps votes, int vote) {
        Population candidates = new Population(vote - 1, probes.samples());
        if (run.store().lastCommitted() < vote - 1) {
            run.store().commit(candidates);
        }
        NoisyHistogram histogram = votes.cast(candidates, vote, probes::vectors).histogram();
        return new Probed(histogram, Release.Kind.VOTES, Optional.empty());
    }

    /**
     * Counts all pairs of columns, in the cells of the first marginals; if there is one column only, the first
     * marginals again. Of clients with child tables, two times, as their runs look at all pairs first.
     */
    private List<Probed> laterMarginals() {
        int last = spec.modality().clients().isPresent() ? 2 : 1;
        List<Probed> later = new ArrayList<>();
        for (int which = 1; which <= last; which++) {
            int kept = which;
            MarginalQuery query = SecondMarginals.read(files, which)
                    .map(SecondMarginals::query)
                    .orElseGet(() -> keptMarginals(kept));
            later.add(marginals(which, query));
        }
        return later;
    }

    private MarginalQuery keptMarginals(int which) {
        MarginalQuery first = EstimateLoop.firstMarginals(spec);
        int columns = spec.tabular().schema().size();
        MarginalQuery pairs = columns > 1 ? new MarginalQuery(first.numbers(), MarginalQuery.pairs(columns)) : first;
        new SecondMarginals(beforeSecondMarginals, pairs).create(files, which);
        return pairs;
    }

    private Probed marginals(int which, MarginalQuery query) {
        Release release = run.planned().marginals(which);
        NoisyHistogram histogram = run.releases().release(release, () -> {
            String stage = MarginalSteps.stage(which);
            run.listener().stageStarted(stage, 0);
            return run.electorate().cells(stage, query);
        });
        return new Probed(histogram, release.kind(), Optional.of(query));
    }
}
