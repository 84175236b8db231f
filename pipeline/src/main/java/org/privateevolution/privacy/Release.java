package org.privateevolution.privacy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * One noisy histogram of the private data, as the ledger charges it. All components are public.
 *
 * @param releaseId names the release within its run, such as {@code vote-003} or {@code label-counts}
 * @param runId names the run; must be newly drawn for every run directory, since a release is charged only once per run
 *     id, however often a resumed run repeats it
 * @param runFingerprint the fingerprint of the run's configuration
 * @param noiseMultiplier standard deviation of the noise in votes, where one unit's votes have L2 norm at most 1
 * @param clientColumn the column that holds the client id; empty if and only if the unit is a record
 * @param time when the release was charged: the UTC day and nothing finer, because running times depend on private data
 * @param runName the name of the run; empty in entries of version 0.1.0
 * @param delta the delta at which the run states its epsilon; NaN in entries of version 0.1.0
 * @param thresholdDelta for a release of values that are known from the records only, its cost beyond the noise: the
 *     probability that a value of one unit alone passes the {@link PartitionThreshold}; 0 for all other kinds
 */
public record Release(
        String releaseId,
        String runId,
        String runFingerprint,
        Kind kind,
        double noiseMultiplier,
        PrivacyUnit unit,
        Adjacency adjacency,
        String clientColumn,
        Instant time,
        String runName,
        double delta,
        double thresholdDelta) {

    /** What is released. */
    public enum Kind {
        /** A nearest-neighbour histogram. */
        VOTES,
        /** How many units have each label. */
        LABEL_COUNTS,
        /** How many rows lie in each cell of several marginals of a table. */
        MARGINALS,
        /** How many rows have which kinds, sizes and values, as the basis of a draft schema. */
        DISCOVERY
    }

    public Release {
        requireText("release id", releaseId);
        requireText("run id", runId);
        requireText("run fingerprint", runFingerprint);
        Objects.requireNonNull(kind, "kind");
        DiscreteGaussianBound.requireNoiseMultiplier(noiseMultiplier);
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(adjacency, "adjacency");
        Objects.requireNonNull(time, "time");
        if (unit == PrivacyUnit.CLIENT) {
            requireText("client column", clientColumn);
        } else if (!clientColumn.isEmpty()) {
            throw new IllegalArgumentException(
                    "client column is '" + clientColumn + "': the record unit has none; leave it empty");
        }
        if (Double.isNaN(delta)) {
            if (!runName.isEmpty()) {
                throw new IllegalArgumentException("run name is '" + runName + "', but there is no delta: give both");
            }
        } else {
            requireText("run name", runName);
            if (!(delta > 0 && delta < 1)) {
                throw new IllegalArgumentException("delta is " + delta + ": give more than 0 and less than 1");
            }
            time = time.truncatedTo(ChronoUnit.DAYS);
        }
        boolean thresholded = kind == Kind.DISCOVERY;
        if (!(thresholded ? thresholdDelta > 0 && thresholdDelta < delta : thresholdDelta == 0)) {
            throw new IllegalArgumentException("threshold delta is " + thresholdDelta + " for a release of kind " + kind
                    + ": give more than 0 and less than delta for " + Kind.DISCOVERY + ", 0 for others");
        }
    }

    /** A release whose cells are all public. */
    public Release(
            String releaseId,
            String runId,
            String runFingerprint,
            Kind kind,
            double noiseMultiplier,
            PrivacyUnit unit,
            Adjacency adjacency,
            String clientColumn,
            Instant time,
            String runName,
            double delta) {
        this(
                releaseId,
                runId,
                runFingerprint,
                kind,
                noiseMultiplier,
                unit,
                adjacency,
                clientColumn,
                time,
                runName,
                delta,
                0);
    }

    /** A release as version 0.1.0 charged it: without the run's name and delta, and with a time of any precision. */
    public Release(
            String releaseId,
            String runId,
            String runFingerprint,
            Kind kind,
            double noiseMultiplier,
            PrivacyUnit unit,
            Adjacency adjacency,
            String clientColumn,
            Instant time) {
        this(
                releaseId,
                runId,
                runFingerprint,
                kind,
                noiseMultiplier,
                unit,
                adjacency,
                clientColumn,
                time,
                "",
                Double.NaN);
    }

    /** Whether the run's name and delta are known, as in all entries since version 0.2.0. */
    public boolean namesItsRun() {
        return !Double.isNaN(delta);
    }

    /** The UTC day on which it was charged, the only part of the time that may be published. */
    public LocalDate day() {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** Whether {@code other} is the same release of the same run, whatever its other components are. */
    boolean sameIdAs(Release other) {
        return runId.equals(other.runId) && releaseId.equals(other.releaseId);
    }

    /**
     * Whether {@code other}, a release of the same id, costs the same units the same amount. A resumed run may have
     * another fingerprint.
     */
    boolean sameCostAs(Release other) {
        return kind == other.kind
                && Double.compare(noiseMultiplier, other.noiseMultiplier) == 0
                && Double.compare(thresholdDelta, other.thresholdDelta) == 0
                && unit == other.unit
                && adjacency == other.adjacency
                && clientColumn.equals(other.clientColumn);
    }

    /** Control characters would make the ledger's canonical text ambiguous. */
    static void requireText(String name, String text) {
        if (text == null || text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + " is '" + text + "': give a text without control characters");
        }
    }
}
