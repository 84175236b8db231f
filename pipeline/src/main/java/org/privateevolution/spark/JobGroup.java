package org.privateevolution.spark;

import org.apache.spark.SparkContext;

/** Names the Spark jobs of one step of the run, as the Spark UI shows them. */
final class JobGroup implements AutoCloseable {

    private final SparkContext context;

    JobGroup(SparkContext context, String run, String description) {
        this.context = context;
        context.setJobGroup("private-evolution " + run, run + ": " + description, true);
    }

    @Override
    public void close() {
        context.clearJobGroup();
    }
}
