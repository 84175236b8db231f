package org.privateevolution.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateevolution.model.Population;
import org.privateevolution.model.RunSpec.PopulationRule;
import org.privateevolution.model.Sample;
import org.privateevolution.model.Seed;
import org.privateevolution.spi.GenerationRequest;
import org.privateevolution.spi.GenerationRequest.Random;
import org.privateevolution.spi.GenerationRequest.Variation;

/**
 * Decides which samples each population needs. Ids and seeds depend only on the run's seed and the sample's position,
 * so a resumed run makes exactly the same requests as the interrupted one.
 *
 * <p>Sample ids have the form {@code g<iteration>.l<label>.n<number>}, with {@code .v<fold>} appended for a variation.
 */
public final class PopulationPlanner {

    private static final Pattern LOOKAHEAD = Pattern.compile("a(\\d+)[.]c(\\d+)[.]v\\d+");

    private final Seed seed;

    public PopulationPlanner(Seed seed) {
        this.seed = seed.derive("generation");
    }

    /**
     * The initial samples, from RANDOM_API.
     *
     * @param counts number of samples of each label
     */
    public PopulationPlan initial(int[] counts) {
        PopulationPlan.Builder builder = new PopulationPlan.Builder(0);
        for (int label = 0; label < counts.length; label++) {
            for (int n = 0; n < counts[label]; n++) {
                builder.request(random(id(0, label, n), label));
            }
        }
        return builder.build();
    }

    /** The first of the initial samples, provided that the first label gets any. */
    public GenerationRequest first() {
        return random(id(0, 0, 0), 0);
    }

    /** The initial population: the initial samples and {@code fold} variations of each. */
    public PopulationPlan initialVariations(Population initial, int fold, int labels) {
        PopulationPlan.Builder builder = new PopulationPlan.Builder(0);
        int[] offsets = initial.labelOffsets(labels);
        for (int label = 0; label < labels; label++) {
            List<Sample> samples = initial.samples().subList(offsets[label], offsets[label + 1]);
            samples.forEach(builder::keep);
            for (int f = 0; f < fold; f++) {
                for (Sample sample : samples) {
                    builder.request(variation(sample.id() + ".v" + f, sample, 0));
                }
            }
        }
        return builder.build();
    }

    /**
     * The population that follows vote {@code iteration}: variations of the selected samples and, if the rule keeps
     * them, the selected samples themselves. A label without candidates starts again from RANDOM_API.
     *
     * @param iteration number of the vote, from 1
     * @param selected the samples that the vote selected, one list per label
     * @param counts requested number of samples of each label
     */
    public PopulationPlan next(int iteration, PopulationRule rule, List<List<Sample>> selected, int[] counts) {
        PopulationPlan.Builder builder = new PopulationPlan.Builder(iteration);
        for (int label = 0; label < counts.length; label++) {
            List<Sample> parents = selected.get(label);
            if (parents.isEmpty()) {
                for (int n = 0; n < counts[label]; n++) {
                    builder.request(random(id(iteration, label, n), label));
                }
                continue;
            }
            if (rule.keepSelected()) {
                parents.forEach(builder::keep);
            }
            for (int fold = 0; fold < rule.variationFold(); fold++) {
                for (int n = 0; n < parents.size(); n++) {
                    builder.request(variation(id(iteration, label, n) + ".v" + fold, parents.get(n), iteration - 1));
                }
            }
        }
        return builder.build();
    }

    /**
     * The variations that represent the candidates of vote {@code iteration} (lookahead): {@code degree} for each
     * candidate, candidate by candidate.
     */
    public List<Variation> lookahead(int iteration, Population candidates, int degree) {
        List<Variation> requests = new ArrayList<>(candidates.size() * degree);
        for (int candidate = 0; candidate < candidates.size(); candidate++) {
            Sample sample = candidates.samples().get(candidate);
            for (int n = 0; n < degree; n++) {
                requests.add(variation("a" + iteration + ".c" + candidate + ".v" + n, sample, iteration - 1));
            }
        }
        return requests;
    }

    /**
     * Returns the candidate from which a lookahead variation was made.
     *
     * @param id of the sample
     * @param population number of a population
     * @return index in that population, or -1 if the sample is not a lookahead variation of one of its candidates
     */
    public static int lookaheadCandidate(String id, int population) {
        Matcher matcher = LOOKAHEAD.matcher(id);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) == population + 1
                ? Integer.parseInt(matcher.group(2))
                : -1;
    }

    private static String id(int iteration, int label, int number) {
        return "g" + iteration + ".l" + label + ".n" + number;
    }

    private GenerationRequest random(String id, int label) {
        return new Random(id, label, seed.derive(id));
    }

    private Variation variation(String id, Sample parent, int completedVotes) {
        return new Variation(id, parent, completedVotes, seed.derive(id));
    }
}
