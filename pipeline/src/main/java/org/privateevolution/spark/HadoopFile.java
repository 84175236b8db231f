package org.privateevolution.spark;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.privateevolution.embedding.ModelFile;

/**
 * A public file on any file system that Spark reads, opened by the driver and by executors.
 *
 * @param location path or URI
 */
record HadoopFile(String location) implements ModelFile {

    private static final long serialVersionUID = 1L;

    @Override
    public InputStream open() throws IOException {
        Path path = new Path(location);
        return path.getFileSystem(configuration()).open(path);
    }

    /** What file systems are configured by, on the driver and on executors. */
    static Configuration configuration() {
        SparkEnv environment = SparkEnv.get();
        SparkConf conf = environment == null ? new SparkConf() : environment.conf();
        return SparkHadoopUtil.get().newConfiguration(conf);
    }

    @Override
    public String toString() {
        return location;
    }
}
