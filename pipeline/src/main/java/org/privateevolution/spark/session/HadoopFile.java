package org.privateevolution.spark.session;

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
public record HadoopFile(String location) implements ModelFile {

    private static final long serialVersionUID = 1L;

    /** Kept, because creating one takes a tenth of a second and folders of images have many files. */
    private static volatile Known last;

    @Override
    public InputStream open() throws IOException {
        Path path = new Path(location);
        return path.getFileSystem(configuration()).open(path);
    }

    /** The configuration of file systems, on the driver and on executors. Callers must not change it. */
    public static Configuration configuration() {
        SparkEnv environment = SparkEnv.get();
        SparkConf conf = environment == null ? new SparkConf() : environment.conf();
        Known known = last;
        if (known == null || known.conf != conf) {
            known = new Known(conf, SparkHadoopUtil.get().newConfiguration(conf));
            last = known;
        }
        return known.configuration;
    }

    /** The Hadoop configuration made from Spark's. */
    private record Known(SparkConf conf, Configuration configuration) {}

    @Override
    public String toString() {
        return location;
    }
}
