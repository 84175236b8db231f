package org.privateevolution.spi;

import java.util.List;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.endpoint.Usage;

/** Is notified of a run's progress. Of the data derived from private data, it only learns what has been released. */
public interface RunListener {

    /**
     * This driver holds the run, which begins or resumes.
     *
     * @param planned epsilon of all its releases, at its delta
     * @param votes number of votes that earlier starts have released
     * @param spent epsilon of its releases so far
     */
    default void begun(RunSpec run, double planned, int votes, double spent) {}

    /** A stage has begun, for example {@code vote 3 of 14}; {@code total} is its number of steps, 0 if unknown. */
    default void stageStarted(String stage, long total) {}

    /** {@code done} steps of the current stage are finished. */
    default void stageProgressed(long done) {}

    /**
     * A vote has been released, and the next samples are selected by it.
     *
     * @param epsilon of all releases of the run so far, at the run's delta
     * @param figures of the vote, inside the guarantee
     */
    default void voted(int vote, int votes, double epsilon, List<MetricValue> figures) {}

    /** What this start of the run has spent on generation; reported from time to time and when a stage ends. */
    default void spent(Usage usage) {}

    /** From now on, a run that is interrupted continues from {@code location} when it is started again. */
    default void resumable(String location) {}

    /** A message that the user should see, in one line. */
    default void notice(String message) {}
}
