package org.privateevolution.run;

import java.util.List;
import java.util.function.Consumer;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.RunSpec;
import org.privateevolution.model.endpoint.Usage;
import org.privateevolution.spi.RunListener;

/** Several listeners combined into one: each event goes to all of them, in order. */
public record Listeners(List<RunListener> listeners) implements RunListener {

    public Listeners {
        listeners = List.copyOf(listeners);
    }

    public static Listeners of(RunListener... listeners) {
        return new Listeners(List.of(listeners));
    }

    private void tell(Consumer<RunListener> event) {
        listeners.forEach(event);
    }

    @Override
    public void begun(RunSpec run, double planned, int votes, double spent) {
        tell(listener -> listener.begun(run, planned, votes, spent));
    }

    @Override
    public void stageStarted(String stage, long total) {
        tell(listener -> listener.stageStarted(stage, total));
    }

    @Override
    public void stageProgressed(long done) {
        tell(listener -> listener.stageProgressed(done));
    }

    @Override
    public void voted(int vote, int votes, double epsilon, List<MetricValue> figures) {
        tell(listener -> listener.voted(vote, votes, epsilon, figures));
    }

    @Override
    public void spent(Usage usage) {
        tell(listener -> listener.spent(usage));
    }

    @Override
    public void resumable(String location) {
        tell(listener -> listener.resumable(location));
    }

    @Override
    public void notice(String message) {
        tell(listener -> listener.notice(message));
    }
}
