package org.privateevolution.jobs;

import org.apache.spark.sql.SparkSession;

/** Sessions that tests start before a command, as spark-submit and notebooks do. */
final class TestSpark {

    private TestSpark() {}

    /** A small session in this process. */
    static SparkSession.Builder local() {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1");
    }

    /** For tables of few rows: compiling a plan takes longer than interpreting it. */
    static SparkSession interpreting() {
        return local().config("spark.sql.codegen.wholeStage", "false")
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .getOrCreate();
    }
}
