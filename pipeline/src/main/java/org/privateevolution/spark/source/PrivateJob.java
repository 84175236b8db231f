package org.privateevolution.spark.source;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.session.JobGroup;

/** Spark jobs that read private records. What Spark says of their failure may quote a record, and is not passed on. */
public final class PrivateJob {

    private PrivateJob() {}

    /**
     * Runs them.
     *
     * @param description what they are called in the Spark UI
     * @return what {@code jobs} returns
     * @throws PrivateDataException if they fail: their own, or one that tells the kind of the failure alone
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
