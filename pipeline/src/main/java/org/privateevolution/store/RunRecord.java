package org.privateevolution.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.privateevolution.config.CanonicalConfiguration;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.Fingerprint;
import org.privateevolution.evolution.PrivacyPlan;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spi.StoreException;

/**
 * What a run directory says of its run: who it is, its configuration, and the noise of each of its releases. Written when
 * the run starts, and again only when it is extended.
 *
 * @param runId drawn when the run directory was made; the ledger knows the run by it
 * @param created the UTC day
 */
public record RunRecord(String runId, Instant created, Fingerprint fingerprint, PrivacyPlan plan) {

    private static final String FILE = "run.json";

    /** Keys that the noise depends on; it does not depend on what may be spent, and where that is counted. */
    private static final String PLAN = "evolution\\..*|privacy\\.(?!budget|ledger).*";

    /**
     * The record of the run in {@code files}, made if there is none, and made anew if that run came to nothing: it released
     * nothing and made no sample.
     *
     * @param extend whether the schedule or the privacy target may differ from the recorded ones
     * @param extension the plan of an extended run, by its id
     * @throws ConfigurationException if the directory belongs to a run of another configuration
     */
    public static RunRecord open(
            RunFiles files, RunSpec spec, boolean extend, Function<String, PrivacyPlan> extension, Clock clock) {
        Optional<String> text = files.read(FILE);
        if (text.isEmpty()) {
            if (!FileIterationStore.isEmpty(files)) {
                throw new StoreException(
                        files.location() + "/" + FILE
                                + " is missing, but there are steps of a run beside it: restore it, or choose another output.path");
            }
            RunRecord record = start(spec, clock);
            if (!files.create(FILE, StoreJson.pretty(record.json(spec)))) {
                throw new StoreException("another driver has just started a run at " + files.location());
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
        List<String> differences = differences(text.get(), spec, files.location() + "/" + FILE);
        boolean sameRun = isSameRun(recorded, text.get(), spec, files.location() + "/" + FILE);
        List<String> blocking = differences.stream()
                .filter(key -> sameRun ? key.matches(PLAN) : !key.matches("(privacy|evolution)\\..*"))
                .toList();
        boolean samePlan = isSamePlan(differences);
        if (!sameRun || !(samePlan || extend)) {
            throw new ConfigurationException(
                    List.of("output.path " + spec.output().location()
                            + " holds a run of another configuration; these keys differ: "
                            + String.join(", ", blocking.isEmpty() ? differences : blocking)
                            + (sameRun
                                    ? "; to go on with that run under the new schedule or privacy target, say --extend, else"
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
    public static Optional<RunRecord> recorded(RunFiles files) {
        return files.read(FILE).map(text -> parse(text, files.location() + "/" + FILE));
    }

    /** Whether a run in {@code files} would go on with the plan that it has recorded; false if there is none. */
    public static boolean keepsItsPlan(RunFiles files, RunSpec spec) {
        String where = files.location() + "/" + FILE;
        return files.read(FILE)
                .map(text -> isSamePlan(differences(text, spec, where)))
                .orElse(false);
    }

    private static boolean isSamePlan(List<String> differences) {
        return differences.stream().noneMatch(key -> key.matches(PLAN));
    }

    /** The record of a run that starts now. */
    public static RunRecord start(RunSpec spec, Clock clock) {
        // Running times depend on private data, so nothing finer than a day is kept.
        Instant day = clock.instant().truncatedTo(ChronoUnit.DAYS);
        return new RunRecord(UUID.randomUUID().toString(), day, Fingerprint.of(spec), PrivacyPlan.of(spec));
    }

    private ObjectNode json(RunSpec spec) {
        ObjectNode node = StoreJson.document()
                .put("run", runId)
                .put("created", created.toString())
                .put("fingerprint", fingerprint.full())
                .put("identity", fingerprint.identity());
        ObjectNode noise = node.putObject("noise_multipliers");
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
        StoredObject noise = stored.object("noise_multipliers");
        return new RunRecord(
                stored.text("run"),
                stored.instant("created"),
                new Fingerprint(stored.text("identity"), stored.text("fingerprint")),
                new PrivacyPlan(
                        noise.has("label_counts") ? noise.number("label_counts") : Double.NaN,
                        noise.has("marginals")
                                ? Arrays.stream(noise.numbers("marginals"))
                                        .boxed()
                                        .toList()
                                : List.of(),
                        Arrays.stream(noise.numbers("votes")).boxed().toList()));
    }

    /** What may differ has grown since 0.1.0, so a record is also judged by the configuration that it holds. */
    private static boolean isSameRun(RunRecord recorded, String text, RunSpec spec, String where) {
        if (recorded.fingerprint.identity().equals(Fingerprint.of(spec).identity())) {
            return true;
        }
        StoredObject configuration = StoreJson.parse(text, where).object("configuration");
        StoredObject now = StoreJson.parse(CanonicalConfiguration.json(spec), where);
        return Fingerprint.identity(StoreJson.line(configuration.node()))
                .equals(Fingerprint.identity(StoreJson.line(now.node())));
    }

    private static List<String> differences(String recorded, RunSpec spec, String where) {
        Map<String, String> before = new TreeMap<>();
        Map<String, String> now = new TreeMap<>();
        flatten("", StoreJson.parse(recorded, where).object("configuration").node(), before);
        flatten("", StoreJson.parse(CanonicalConfiguration.json(spec), where).node(), now);
        List<String> keys = new ArrayList<>();
        Map<String, String> all = new TreeMap<>(before);
        all.putAll(now);
        for (String key : all.keySet()) {
            if (!String.valueOf(before.get(key)).equals(String.valueOf(now.get(key)))) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** Lists are compared whole, so that one changed entry is one difference. */
    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        if (!node.isObject()) {
            into.put(prefix, node.toString());
            return;
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            flatten(prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(), field.getValue(), into);
        }
    }
}
