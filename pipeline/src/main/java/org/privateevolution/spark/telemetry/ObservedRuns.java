package org.privateevolution.spark.telemetry;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.function.Function;
import org.privateevolution.spi.RunListener;

/** The runs of one application: how many there are, and the figures of the one that began last. */
public final class ObservedRuns {

    private final Counter running;
    private final Counter finished;
    private final Counter failed;
    private volatile RunFigures latest = new RunFigures();

    private ObservedRuns(Counter running, Counter finished, Counter failed) {
        this.running = running;
        this.finished = finished;
        this.failed = failed;
    }

    static ObservedRuns shownIn(MetricRegistry registry) {
        ObservedRuns runs = new ObservedRuns(
                registry.counter("runs.running"), registry.counter("runs.finished"), registry.counter("runs.failed"));
        for (Figure figure : Figure.values()) {
            registry.register(figure.metric(), (Gauge<Double>) () -> runs.latest.value(figure));
        }
        return runs;
    }

    /**
     * Executes a run, counts it and shows its figures.
     *
     * @param run executes the run; it must notify the listener that it is given
     */
    public <T> T observe(Function<RunListener, T> run) {
        RunFigures figures = new RunFigures();
        latest = figures;
        running.inc();
        Counter end = failed;
        try {
            T result = run.apply(figures);
            end = finished;
            return result;
        } finally {
            running.dec();
            end.inc();
        }
    }
}
