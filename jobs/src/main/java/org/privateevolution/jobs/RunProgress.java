package org.privateevolution.jobs;

import org.privateevolution.model.RunSpec;
import org.privateevolution.run.Guarantee;
import org.privateevolution.spi.RunListener;

/** Tells how a run goes, and how it ended. */
interface RunProgress extends RunListener, AutoCloseable {

    /** A run begins, or goes on. */
    void started(RunSpec run);

    /** A run has ended, as it should. */
    void finished(RunSpec run, Guarantee guarantee);

    /** Whether there is something that the same run, started again, goes on with. */
    boolean resumable();

    /** Where it was when a signal ended the process, of which nothing else is to be heard. */
    String interrupted();

    @Override
    void close();
}
