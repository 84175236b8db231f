package org.privateevolution.spark.telemetry;

/** What is shown of a run. None is a duration, which may depend on private data. */
enum Figure {
    VOTES_PLANNED("votes.planned"),
    VOTES_DONE("votes.done"),
    EPSILON_PLANNED("epsilon.planned"),
    EPSILON_SPENT("epsilon.spent"),
    DELTA("delta"),
    /** Of the last vote. */
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
