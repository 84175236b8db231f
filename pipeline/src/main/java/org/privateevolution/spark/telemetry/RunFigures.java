package org.privateevolution.spark.telemetry;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.RunListener;

/**
 * The figures of one run, collected from its events. Every figure is declared, released, or counts requests to
 * endpoints.
 */
final class RunFigures implements RunListener {

    private final Map<Figure, Double> values = new ConcurrentHashMap<>();

    /** @return 0 for a figure that has not been reported yet */
    double value(Figure figure) {
        return values.getOrDefault(figure, 0.0);
    }

    @Override
    public void begun(RunSpec run, double planned, int votes, double spent) {
        values.put(Figure.VOTES_PLANNED, (double) run.evolution().votes());
        values.put(Figure.VOTES_DONE, (double) votes);
        values.put(Figure.EPSILON_PLANNED, planned);
        values.put(Figure.EPSILON_SPENT, spent);
        values.put(Figure.DELTA, run.privacy().delta());
    }

    @Override
    public void stageStarted(String stage, long total) {
        values.put(Figure.STAGE_TOTAL, (double) total);
        values.put(Figure.STAGE_DONE, 0.0);
    }

    @Override
    public void stageProgressed(long done) {
        values.put(Figure.STAGE_DONE, (double) done);
    }

    @Override
    public void voted(int vote, int votes, double epsilon, List<MetricValue> figures) {
        values.put(Figure.VOTES_DONE, (double) vote);
        values.put(Figure.EPSILON_SPENT, epsilon);
        values.put(
                Figure.CANDIDATES,
                figures.stream()
                        .filter(figure -> figure.metric().equals("candidates"))
                        .mapToDouble(MetricValue::value)
                        .sum());
    }

    @Override
    public void spent(Usage usage) {
        values.put(Figure.REQUESTS, (double) usage.requests());
        values.put(Figure.ANSWERS, (double) usage.answers());
        values.put(Figure.PROMPT_TOKENS, (double) usage.promptTokens());
        values.put(Figure.COMPLETION_TOKENS, (double) usage.completionTokens());
        values.put(Figure.MONEY, usage.money());
    }
}
