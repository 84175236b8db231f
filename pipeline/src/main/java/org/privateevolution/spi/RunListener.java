package org.privateevolution.spi;

import java.util.List;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.endpoint.Usage;

/**
 * Is notified of a run's progress. Of everything derived from private data, a listener only learns what was released.
 */
public interface RunListener {

    /**
     * The run begins or resumes; this driver holds its lease.
     *
     * @param planned epsilon of all planned releases, at the run's delta
     * @param votes number of votes released by earlier starts
     * @param spent epsilon of the run's releases so far
     */
    default void begun(RunSpec run, double planned, int votes, double spent) {}

    /** A stage has begun, for example {@code vote 3 of 14}; {@code total} is its number of steps, 0 if unknown. */
    default void stageStarted(String stage, long total) {}

    /** {@code done} steps of the current stage are finished. */
    default void stageProgressed(long done) {}

    /**
     * A vote has been released, and the next samples have been selected from it.
     *
     * @param epsilon of all releases of the run so far, at the run's delta
     * @param figures metrics of the vote, inside the guarantee
     */
    default void voted(int vote, int votes, double epsilon, List<MetricValue> figures) {}

    /** Reports what this start of the run has spent on generation so far, from time to time and when a stage ends. */
    default void spent(Usage usage) {}

    /** From now on, a run that is interrupted continues from {@code location} when it is started again. */
    default void resumable(String location) {}

    /** A message that the user should see, in one line. */
    default void notice(String message) {}
}
