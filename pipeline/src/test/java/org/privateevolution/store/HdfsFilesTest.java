package org.privateevolution.store;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Files of a run on HDFS: a name node and a data node in this process. */
class HdfsFilesTest implements RunFilesContract {

    @TempDir
    static Path directory;

    private static MiniDFSCluster hdfs;

    private String run;

    @BeforeAll
    static void start() throws Exception {
        hdfs = new MiniDFSCluster.Builder(new Configuration(), directory.toFile()).build();
    }

    @AfterAll
    static void stop() {
        hdfs.shutdown();
    }

    @BeforeEach
    void name(TestInfo test) {
        run = test.getTestMethod().orElseThrow().getName();
    }

    /** The only one whose readers notice. */
    @Override
    public int replacements() {
        return 200;
    }

    @Override
    public RunFiles files() {
        return RunFiles.at(hdfs.getURI() + "/runs/" + run, new Configuration());
    }
}
