package org.privateevolution.spark;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;

/**
 * What this JVM holds.
 *
 * @param heapMib in use after a collection
 * @param threads but for those of Spark's pools, which grow to a limit of their own
 * @param files open file descriptors, sockets included
 */
record Footprint(long heapMib, int threads, long files) {

    private static final Pattern OF_SPARK = Pattern.compile(
            "block-manager-|QueryStageCreator|ResultQueryStage|shuffle-|map-output-|task-result-|Executor task");

    static Footprint now() throws InterruptedException {
        // Twice, as cleaners run between.
        System.gc();
        Thread.sleep(200);
        System.gc();
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                (int) Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !OF_SPARK.matcher(thread.getName()).lookingAt())
                        .count(),
                system.getOpenFileDescriptorCount());
    }
}
