package org.privateevolution.report;

import java.util.Map;

/** Explains the numbers of a run. Those of an evaluation carry their own explanations. */
final class Terms {

    static final Term EPSILON = new Term(
            "ε (epsilon)",
            "How much the data of one unit can change the releases: any outcome is at most e^ε times as likely"
                    + " with them as"
                    + " without. 0 reveals nothing about them; smaller is more private. Rounded up.");
    static final Term DELTA = new Term(
            "δ (delta)",
            "The probability with which the bound ε may fail. It should be far below 1 / (number of units).");
    static final Term UNIT =
            new Term("Privacy unit", "Whose presence is hidden: one record, or one client with all of their records.");
    static final Term ADJACENCY = new Term(
            "Adjacency",
            "How two data sets that must look alike differ: one unit is added or removed, or one is replaced by"
                    + " another."
                    + " Epsilons of different adjacencies are not comparable.");
    static final Term RELEASES = new Term(
            "Releases",
            "Number of times that noisy counts of the private data were published. Each is charged to the ledger"
                    + " once.");
    static final Term NOISE = new Term(
            "Noise multiplier",
            "Standard deviation of the noise that was added to each count of a release, in votes; one unit's"
                    + " votes have an L2"
                    + " norm of at most 1. More noise costs less ε. Rounded down.");
    static final Term SPENT = new Term(
            "ε so far", "Epsilon of this run's releases up to this one, together, at the stated δ and adjacency.");
    static final Term DATA_SET_EPSILON = new Term(
            "ε of the data set",
            "Epsilon of all releases in the ledger, of every run on this data, at the stated δ and adjacency.");
    static final Term CONFIGURATION = new Term(
            "Configuration",
            "Fingerprint of everything that was declared. Equal fingerprints mean equal configurations.");

    static final Term CANDIDATES = new Term("Candidates", "Synthetic samples that the private records could vote for.");
    static final Term SURVIVORS = new Term(
            "Survivors",
            "Candidates whose noisy votes were above the threshold. None means that there was only noise.");
    static final Term SELECTED =
            new Term("Selected", "Different candidates that the vote took into the next population.");
    static final Term EFFECTIVE = new Term(
            "Effective candidates",
            "(Sum of votes)^2 / (sum of their squares): as many candidates as would hold the votes if they shared them"
                    + " equally. Far below the number of candidates, few of them hold most of the votes.");
    static final Term ROWS = new Term("Samples", "Number of published synthetic samples. More cost no privacy.");

    static final Term TOTAL_VARIATION = new Term(
            "TVD (total variation distance)",
            "The share of rows that would have to change for both distributions to agree: 0 if they agree, 1 if"
                    + " they have"
                    + " nothing in common.");
    static final Term ONE_WAY = new Term(
            "Average 1-way TVD", "Total variation distance of one column, averaged over the columns; 0 is best.");
    static final Term TWO_WAY = new Term(
            "Average 2-way TVD",
            "Total variation distance of two columns jointly, averaged over the pairs; 0 is best.");
    static final Term WASSERSTEIN = new Term(
            "Wasserstein distance",
            "How far values would have to move for both distributions to agree, as a share of the declared range:"
                    + " 0 is best.");

    static final Term LEARNT_SCORE = new Term(
            "Score",
            "What a model attains on real rows that were held out. Accuracy, F1 and AUC reach from 0 to 1, R2 up"
                    + " to 1; higher"
                    + " is better.");
    static final Term KEPT = new Term(
            "Kept",
            "Of what real rows add to a model that ignores all columns, the share that synthetic rows add too:"
                    + " 100 % is as"
                    + " good as real rows.");
    static final Term ASSOCIATION = new Term(
            "Association",
            "How strongly two columns are associated, -1 to 1; 0 means not at all. The difference is synthetic"
                    + " minus the value"
                    + " beside it: 0 is best.");
    static final Term PAIRS = new Term(
            "Distance of two images",
            "Distance of their embeddings; 0 if the embedding sees no difference. A near synthetic image is a sign"
                    + " of copying only if synthetic images are nearer to these than to other real ones: see the"
                    + " figures above.");
    static final Term ATTAINABLE = new Term(
            "Second real sample",
            "The value of as many other real records in place of the synthetic ones. No synthetic data can be"
                    + " expected to do better.");
    static final Term COMPARED = new Term(
            "Records compared", "Number of real, held-out and synthetic records from which the figures are computed.");

    private static final Map<String, String> METRICS = Map.ofEntries(
            Map.entry("candidates", CANDIDATES.meaning()),
            Map.entry("survivors", SURVIVORS.meaning()),
            Map.entry("distinct_selected", SELECTED.meaning()),
            Map.entry("effective_candidates", EFFECTIVE.meaning()),
            Map.entry("noisy_votes", "Sum of the votes as they were released, with their noise."),
            Map.entry(
                    "estimated_records",
                    "Number of records of a label, from the released marginals, with their noise."),
            Map.entry("estimated_records_noise", "Standard deviation of the noise of that count."),
            Map.entry(
                    "predictive_score",
                    "By how many nats per candidate the estimate predicted a vote better than equal votes would;"
                            + " higher is"
                            + " better, and below 0 it predicted nothing."),
            Map.entry("distinct_share", "Different samples per sample, 0 to 1; 1 if no two are equal."),
            Map.entry("tvd_1way", ONE_WAY.meaning()),
            Map.entry("tvd_2way", TWO_WAY.meaning()),
            Map.entry("tvd_labels", "Total variation distance of the labels, 0 to 1; 0 is best."),
            Map.entry("tvd", TOTAL_VARIATION.meaning()),
            Map.entry("wasserstein", WASSERSTEIN.meaning()),
            Map.entry("distinct_1", "Different words per word, 0 to 1; higher is more varied."),
            Map.entry("distinct_2", "Different runs of two words per run, 0 to 1; higher is more varied."),
            Map.entry("distinct_3", "Different runs of three words per run, 0 to 1; higher is more varied."),
            Map.entry("texts_with_email", "Texts with what looks like an e-mail address."),
            Map.entry("texts_with_phone", "Texts with what looks like a telephone number."),
            Map.entry("texts_with_iban", "Texts with what looks like an IBAN."),
            Map.entry("texts_with_card", "Texts with what looks like a credit card number."),
            Map.entry("texts_with_ssn", "Texts with what looks like a US social security number."),
            Map.entry("texts_with_ip", "Texts with what looks like an IP address."),
            Map.entry("near_duplicates", "Share of samples that nearly repeat another synthetic one; lower is better."),
            Map.entry(
                    "fid",
                    "Fréchet distance of the embeddings of private and synthetic samples, squared; lower is"
                            + " better. It is"
                            + " comparable only under the same embedding and number of samples."),
            Map.entry("precision", "Share of synthetic samples that lie among private ones, 0 to 1; higher is better."),
            Map.entry("recall", "Share of private samples that lie among synthetic ones, 0 to 1; higher is better."),
            Map.entry("mauve", "Area under the divergence frontier of clustered embeddings, 0 to 1; higher is better."),
            Map.entry("wasserstein_words", "Distance of the distributions of lengths, in words; lower is better."),
            Map.entry(
                    "held_out_accuracy",
                    "Accuracy on held-out real images of a classifier that was trained on the synthetic ones, 0"
                            + " to 1; higher"
                            + " is better."));

    private Terms() {}

    /** The term of a metric, by the name that the metric has in files. */
    static Term ofMetric(String metric) {
        return new Term(
                metric,
                METRICS.getOrDefault(metric, "The evaluation or extension that measured it explains its meaning."));
    }
}
