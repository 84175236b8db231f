package org.privateevolution.spark;

import org.privateevolution.spark.session.SessionFiles;
import org.privateevolution.store.FilesOnDisk;
import org.privateevolution.store.FilesToRead;
import org.privateevolution.store.RunFiles;

/** The files of a run, for those who look at them before it starts. */
final class FilesBeforeRun {

    private FilesBeforeRun() {}

    /**
     * Files at a location, on the file systems of the current session or, without one, of the session that would be
     * started. Files on this machine's disk need nothing of Spark or Hadoop, whose classes take longer to load than all
     * else that a short command does.
     *
     * @throws org.privateevolution.spi.StoreException if the location cannot be reached from here
     */
    static FilesToRead at(String location) {
        return SessionFiles.isOnThisDisk(location)
                ? new FilesOnDisk(location)
                : RunFiles.at(location, SessionFiles.configuration());
    }
}
