package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.privateevolution.model.MetricValue;
import org.privateevolution.model.ProgramVersion;
import org.privateevolution.model.RunSpec;
import org.privateevolution.run.Guarantee;

/**
 * Progress of a run for programs: one JSON object per line, with the field {@code event} first. Fields may be added
 * but are never renamed or removed. All figures are inside the guarantee.
 */
final class JsonProgress implements RunProgress {

    /** Version of the format. */
    static final int SCHEMA_VERSION = 1;

    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final PrintWriter out;
    private final LongSupplier nanoTime;
    private final long start;
    private String stage = "";
    private long total;
    private long lastTold;
    private boolean resumable;
    private boolean ended;

    JsonProgress(PrintWriter out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public synchronized void started(RunSpec run) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("schema_version", SCHEMA_VERSION);
        event.put("written_by", ProgramVersion.current());
        event.put("run", run.name());
        event.put("seed", run.seed());
        event.put("output", run.output().location());
        event.put("votes", run.evolution().votes());
        tell("started", event);
    }

    @Override
    public synchronized void stageStarted(String name, long steps) {
        stage = name;
        total = steps;
        lastTold = nanoTime.getAsLong();
        tell("stage", Map.of("stage", name));
    }

    /** At most once per second, and at the end of the stage. */
    @Override
    public synchronized void stageProgressed(long steps) {
        if (nanoTime.getAsLong() - lastTold >= EVERY_NANOS || steps == total) {
            lastTold = nanoTime.getAsLong();
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("stage", stage);
            event.put("done", steps);
            event.put("total", total);
            tell("progress", event);
        }
    }

    @Override
    public synchronized void voted(int vote, int votes, double epsilon, List<MetricValue> figures) {
        List<Map<String, Object>> told = new ArrayList<>();
        for (MetricValue figure : figures) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("label", figure.label());
            one.put("metric", figure.metric());
            one.put("value", figure.value());
            told.add(one);
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("vote", vote);
        event.put("votes", votes);
        event.put("epsilon", epsilon);
        event.put("figures", told);
        tell("vote", event);
    }

    @Override
    public synchronized void notice(String message) {
        tell("notice", Map.of("message", message));
    }

    @Override
    public synchronized void resumable(String location) {
        if (!resumable) {
            resumable = true;
            tell("resumable", Map.of("output", location));
        }
    }

    @Override
    public synchronized boolean resumable() {
        return resumable;
    }

    @Override
    public synchronized void finished(RunSpec run, Guarantee guarantee) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("output", run.output().location());
        run.output().table().ifPresent(table -> event.put("table", table.name()));
        event.put("guarantee", guarantee.sentence());
        event.put("epsilon", guarantee.epsilon());
        event.put("delta", guarantee.delta());
        event.put("unit", guarantee.unit().configName());
        event.put("adjacency", guarantee.adjacency().configName());
        event.put("data_set_epsilon", guarantee.dataSetEpsilon());
        event.put("ledger", guarantee.ledger());
        event.put("ledger_newest_hash", guarantee.ledgerHash());
        event.put("run_id", guarantee.runId());
        tell("finished", event);
    }

    /** The command failed. */
    synchronized void failed(Failure failure) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("kind", failure.kind().toLowerCase(Locale.ROOT));
        event.put("exit_code", failure.exitCode().code());
        event.put("problems", failure.lines());
        event.put("resumable", resumable);
        tell("failed", event);
    }

    @Override
    public synchronized String interrupted() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("stage", stage);
        event.put("resumable", resumable);
        tell("interrupted", event);
        ended = true;
        return "interrupted" + (stage.isEmpty() ? "" : " (" + stage + ")");
    }

    @Override
    public void close() {
        out.flush();
    }

    private void tell(String event, Map<String, ?> fields) {
        if (ended) {
            return;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("event", event);
        all.put("seconds", BigDecimal.valueOf(nanoTime.getAsLong() - start, 9).setScale(1, RoundingMode.HALF_UP));
        all.putAll(fields);
        out.println(Json.line(all));
        out.flush();
    }
}
