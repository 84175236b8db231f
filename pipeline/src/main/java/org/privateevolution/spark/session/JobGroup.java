package org.privateevolution.spark.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;

/**
 * Names the Spark jobs of one step of the run, as the Spark UI shows them. Closing restores the caller's own job group.
 */
public final class JobGroup implements AutoCloseable {

    private static final List<String> PROPERTIES =
            List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel");

    private final SparkContext context;
    private final Map<String, String> previous = new HashMap<>();

    public JobGroup(SparkContext context, String run, String description) {
        this.context = context;
        for (String property : PROPERTIES) {
            previous.put(property, context.getLocalProperty(property));
        }
        context.setJobGroup(id(run), run + ": " + description, true);
    }

    /** The id of the group, by which its jobs can be cancelled. */
    public static String id(String run) {
        return "private-evolution " + run;
    }

    @Override
    public void close() {
        previous.forEach(context::setLocalProperty);
    }
}
