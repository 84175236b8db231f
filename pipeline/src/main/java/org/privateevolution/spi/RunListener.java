package org.privateevolution.spi;

import java.util.List;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.endpoint.Usage;

/** Hears how a run goes. Never told anything that was derived from private data except what has been released. */
public interface RunListener {

    /**
     * The run is this driver's, and begins or goes on.
     *
     * @param planned epsilon of all its releases, at its delta
     * @param votes that have been released by earlier starts
     * @param spent epsilon of its releases so far
     */
    default void begun(RunSpec run, double planned, int votes, double spent) {}

    /** A stage has begun, for instance {@code vote 3 of 14}; {@code total} is its number of steps, 0 if unknown. */
    default void stageStarted(String stage, long total) {}

    /** {@code done} steps of the current stage are finished. */
    default void stageProgressed(long done) {}

    /**
     * A vote has been released, and the next samples are selected by it.
     *
     * @param epsilon of all releases of the run so far, at its delta
     * @param figures of the vote, inside the guarantee
     */
    default void voted(int vote, int votes, double epsilon, List<MetricValue> figures) {}

    /** What this start of the run has spent on what makes its samples; told now and then, and when a stage of that ends. */
    default void spent(Usage usage) {}

    /** Whatever happens from now on, the same run started again goes on with what is at {@code location}. */
    default void resumable(String location) {}

    /** Something the user should know, in one line. */
    default void notice(String message) {}
}
