package org.privateevolution.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.privateevolution.config.CanonicalConfiguration;
import org.privateevolution.config.ChangedSetting;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.Fingerprint;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.StoreException;

/**
 * The record of a run in its directory: its id, its configuration, and the noise of each of its releases. Written when
 * the run starts, and again only when it is extended.
 *
 * @param runId random id drawn when the run directory was made, by which the ledger knows the run
 * @param created day of the start, in UTC
 */
public record RunRecord(String runId, Instant created, Fingerprint fingerprint, PrivacyPlan plan) {

    private static final String FILE = "run.json";
    private static final String THRESHOLD_DELTA = "discovery_threshold_delta";
    private static final String CANONICAL_VERSION = "canonical_version";

    /** Largest number of settings that a refusal names. */
    private static final int MOST_NAMED = 10;

    /** Keys that the noise depends on. It does not depend on the budget, nor on where the ledger is. */
    private static final String PLAN = "evolution\\..*|privacy\\.(?!budget|ledger).*";

    /** Whether {@code files} holds the record of a run. */
    static boolean isIn(FilesToRead files) {
        return files.read(FILE).isPresent();
    }

    /**
     * Opens the record of the run in {@code files}. Creates it if there is none, and replaces it if the recorded run
     * has released nothing and made no sample.
     *
     * @param extend whether the schedule or the privacy target may differ from the recorded ones
     * @param extension returns the plan of an extended run by its id
     * @throws ConfigurationException if the directory holds a run of another configuration
     */
    public static RunRecord open(
            RunFiles files, RunSpec spec, boolean extend, Function<String, PrivacyPlan> extension, Clock clock) {
        Optional<String> text = files.read(FILE);
        if (text.isEmpty()) {
            if (!FileIterationStore.isEmpty(files)) {
                throw new StoreException(
                        StoreException.Reason.DAMAGED,
                        files.location() + "/" + FILE
                                + " is missing, but steps of a run lie beside it: restore it, or choose another"
                                + " output.path");
            }
            RunRecord record = start(spec, clock);
            if (!files.create(FILE, StoreJson.pretty(record.json(spec)))) {
                throw new StoreException(
                        StoreException.Reason.HELD, "another driver has just started a run at " + files.location());
            }
            return record;
        }
        RunRecord recorded = parse(text.get(), files.location() + "/" + FILE);
        if (recorded.fingerprint.equals(Fingerprint.of(spec))) {
            return recorded;
        }
        if (FileIterationStore.isEmpty(files)) {
            RunRecord record = start(spec, clock);
            files.write(FILE, StoreJson.pretty(record.json(spec)));
            return record;
        }
        String before = configuration(text.get(), files.location() + "/" + FILE);
        String now = comparable(spec);
        boolean sameRun = Fingerprint.essence(before).equals(Fingerprint.essence(now));
        List<ChangedSetting> changed = sameRun
                ? changesOfPlan(before, now)
                : ChangedSetting.between(Fingerprint.essence(before), Fingerprint.essence(now));
        boolean samePlan = sameRun && changed.isEmpty();
        if (!sameRun || !(samePlan || extend)) {
            throw new ConfigurationException(
                    ConfigurationException.Reason.OTHER_RUN,
                    List.of("output.path " + spec.output().location() + " contains a run of another configuration: "
                            + changed.stream()
                                    .limit(MOST_NAMED)
                                    .map(ChangedSetting::toString)
                                    .collect(Collectors.joining(", "))
                            + (changed.size() > MOST_NAMED ? " and " + (changed.size() - MOST_NAMED) + " more" : "")
                            + (sameRun
                                    ? "; to continue that run with the new schedule or privacy target, add"
                                            + " --extend; otherwise"
                                    : ";")
                            + " choose another output.path"));
        }
        RunRecord record = new RunRecord(
                recorded.runId,
                recorded.created,
                Fingerprint.of(spec),
                samePlan ? recorded.plan : extension.apply(recorded.runId));
        files.write(FILE, StoreJson.pretty(record.json(spec)));
        return record;
    }

    /** The record of the run in {@code files}, if there is one; changes nothing. */
    public static Optional<RunRecord> recorded(FilesToRead files) {
        return files.read(FILE).map(text -> parse(text, files.location() + "/" + FILE));
    }

    /** Whether a run in {@code files} would keep its recorded plan; false if there is no run. */
    public static boolean keepsItsPlan(FilesToRead files, RunSpec spec) {
        return files.read(FILE)
                .map(text -> configuration(text, files.location() + "/" + FILE))
                .map(before -> changesOfPlan(before, comparable(spec)).isEmpty())
                .orElse(false);
    }

    private static List<ChangedSetting> changesOfPlan(String before, String now) {
        return ChangedSetting.between(before, now).stream()
                .filter(setting -> setting.key().matches(PLAN))
                .toList();
    }

    /**
     * The recorded configuration. Needed because newer versions allow a run to change more settings, which a recorded
     * fingerprint does not reflect.
     */
    private static String configuration(String text, String where) {
        return StoreJson.line(
                StoreJson.parse(text, where).object("configuration").node());
    }

    /** The configuration in the form in which it is recorded. */
    private static String comparable(RunSpec spec) {
        return StoreJson.line(
                StoreJson.parse(CanonicalConfiguration.json(spec), FILE).node());
    }

    /** The record of a run that starts now. */
    public static RunRecord start(RunSpec spec, Clock clock) {
        // Running times depend on private data, so nothing finer than the day is kept.
        Instant day = clock.instant().truncatedTo(ChronoUnit.DAYS);
        return new RunRecord(UUID.randomUUID().toString(), day, Fingerprint.of(spec), PrivacyPlan.of(spec));
    }

    private ObjectNode json(RunSpec spec) {
        ObjectNode node = StoreJson.document()
                .put("run", runId)
                .put("created", created.toString())
                .put("fingerprint", fingerprint.full())
                .put("identity", fingerprint.identity())
                .put(CANONICAL_VERSION, CanonicalConfiguration.VERSION);
        ObjectNode noise = node.putObject("noise_multipliers");
        plan.discovery().ifPresent(discovery -> {
            noise.put("discovery", discovery.noiseMultiplier());
            node.put(THRESHOLD_DELTA, discovery.thresholdDelta());
        });
        if (!Double.isNaN(plan.labelCounts())) {
            noise.put("label_counts", plan.labelCounts());
        }
        if (!plan.marginals().isEmpty()) {
            ArrayNode marginals = noise.putArray("marginals");
            plan.marginals().forEach(marginals::add);
        }
        ArrayNode votes = noise.putArray("votes");
        plan.votes().forEach(votes::add);
        node.set(
                "configuration",
                StoreJson.parse(CanonicalConfiguration.json(spec), FILE).node());
        return node;
    }

    private static RunRecord parse(String text, String where) {
        StoredObject stored = StoreJson.parseDocument(text, where);
        if (stored.has(CANONICAL_VERSION)) {
            SchemaVersion.requireReadable(stored.node(), where, CANONICAL_VERSION, CanonicalConfiguration.VERSION);
        }
        StoredObject noise = stored.object("noise_multipliers");
        return new RunRecord(
                stored.text("run"),
                stored.instant("created"),
                new Fingerprint(stored.text("identity"), stored.text("fingerprint")),
                new PrivacyPlan(
                        noise.has("discovery")
                                ? Optional.of(new PrivacyPlan.Discovery(
                                        noise.number("discovery"), stored.number(THRESHOLD_DELTA)))
                                : Optional.empty(),
                        noise.has("label_counts") ? noise.number("label_counts") : Double.NaN,
                        noise.has("marginals")
                                ? Arrays.stream(noise.numbers("marginals"))
                                        .boxed()
                                        .toList()
                                : List.of(),
                        Arrays.stream(noise.numbers("votes")).boxed().toList()));
    }
}
