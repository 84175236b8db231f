package org.privateevolution.spark.telemetry;

/**
 * A figure of a run that Spark's metrics show. No figure is a duration, because durations may depend on private data.
 */
enum Figure {
    VOTES_PLANNED("votes.planned"),
    VOTES_DONE("votes.done"),
    EPSILON_PLANNED("epsilon.planned"),
    EPSILON_SPENT("epsilon.spent"),
    DELTA("delta"),
    /** Number of candidates in the last vote. */
    CANDIDATES("candidates"),
    STAGE_TOTAL("stage.total"),
    STAGE_DONE("stage.done"),
    REQUESTS("requests"),
    ANSWERS("answers"),
    PROMPT_TOKENS("tokens.prompt"),
    COMPLETION_TOKENS("tokens.completion"),
    MONEY("money");

    private final String metric;

    Figure(String metric) {
        this.metric = metric;
    }

    String metric() {
        return metric;
    }
}
