package org.privateevolution.jobs;

import org.privateevolution.model.RunSpec;
import org.privateevolution.run.Guarantee;
import org.privateevolution.spi.RunListener;

/** Shows the progress of a run, and its end. */
interface RunProgress extends RunListener, AutoCloseable {

    /** A run starts or resumes. */
    void started(RunSpec run);

    /** A run has ended successfully. */
    void finished(RunSpec run, Guarantee guarantee);

    /** Whether the same run, started again, would resume. */
    boolean resumable();

    /** Where the run was when a signal ended the process. Nothing is shown afterwards. */
    String interrupted();

    @Override
    void close();
}
