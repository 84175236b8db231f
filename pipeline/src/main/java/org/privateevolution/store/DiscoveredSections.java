package org.privateevolution.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.privateevolution.model.Sha256;
import org.privateevolution.spi.StoreException;

/**
 * What the discovery of a run has found, as the run uses it from then on. All of it follows from a release.
 *
 * @param yaml sections of a configuration: {@code tabular}, and {@code labels} if they were discovered, too
 * @param leftOut the columns that the run neither learns nor makes up
 */
public record DiscoveredSections(String yaml, List<LeftOut> leftOut) {

    private static final String MANIFEST = "manifest.json";
    private static final String RUN = "run";
    private static final String SECTIONS = "sections";
    private static final String CHECKSUM = "sections_sha256";
    private static final String LEFT_OUT = "left_out";
    private static final String COLUMN = "column";
    private static final String REASON = "reason";

    /** A column that cannot be learnt, and why. */
    public record LeftOut(String column, String reason) {}

    public DiscoveredSections {
        leftOut = List.copyOf(leftOut);
    }

    /** The folder of a run's discovery. */
    public static RunFiles files(RunFiles output) {
        return output.in("discovery");
    }

    /**
     * What an earlier start of a run has committed, if anything.
     *
     * @throws StoreException if it was changed since, or belongs to another run
     */
    public static Optional<DiscoveredSections> read(RunFiles files, String runId) {
        String where = files.location() + "/" + MANIFEST;
        return files.read(MANIFEST).map(text -> {
            StoredObject stored = StoreJson.parseDocument(text, where);
            if (!stored.text(RUN).equals(runId)) {
                throw new StoreException(files.location()
                        + " holds what another run has discovered: choose another output.path, or restore the store of"
                        + " that run");
            }
            String yaml = stored.text(SECTIONS);
            if (!stored.text(CHECKSUM).equals(Sha256.of(yaml))) {
                throw StoredObject.damaged(where, "its sections were changed; to run with other columns, edit a copy");
            }
            return new DiscoveredSections(
                    yaml,
                    stored.objects(LEFT_OUT).stream()
                            .map(column -> new LeftOut(column.text(COLUMN), column.text(REASON)))
                            .toList());
        });
    }

    /** Commits this. Only then may the run use it. */
    public void commit(RunFiles files, String runId) {
        ObjectNode node =
                StoreJson.document().put(RUN, runId).put(SECTIONS, yaml).put(CHECKSUM, Sha256.of(yaml));
        ArrayNode out = node.putArray(LEFT_OUT);
        leftOut.forEach(column -> out.addObject().put(COLUMN, column.column()).put(REASON, column.reason()));
        if (!files.create(MANIFEST, StoreJson.pretty(node))) {
            throw new StoreException(
                    StoreException.Reason.HELD,
                    files.location() + "/" + MANIFEST + " exists already: another driver works on this run");
        }
    }
}
