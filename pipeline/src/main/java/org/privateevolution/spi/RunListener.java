package org.privateevolution.spi;

import java.util.List;
import org.privateevolution.model.MetricValue;

/** Is notified of a run's progress. Of the data derived from private data, it only learns what has been released. */
public interface RunListener {

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

    /** From now on, a run that is interrupted continues from {@code location} when it is started again. */
    default void resumable(String location) {}

    /** A message that the user should see, in one line. */
    default void notice(String message) {}
}
