package org.privateevolution.spark.source;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.session.JobGroup;

/**
 * Runs Spark jobs that read private records. If a job fails, Spark's message is not passed on, because it may quote a
 * record.
 */
public final class PrivateJob {

    private PrivateJob() {}

    /**
     * Runs jobs.
     *
     * @param description describes the jobs in the Spark UI
     * @return what {@code jobs} returns
     * @throws PrivateDataException if the jobs fail: their own exception of this class, or one that states only the
     *     kind of failure
     */
    public static <T> T run(SparkSession spark, RunSpec spec, String description, Callable<T> jobs) {
        try (JobGroup group = new JobGroup(spark.sparkContext(), spec.name(), description)) {
            return jobs.call();
        } catch (PrivateDataException e) {
            throw e;
        } catch (Exception e) {
            throw PrivateSource.unreadable(spec.privateData(), e);
        }
    }
}
