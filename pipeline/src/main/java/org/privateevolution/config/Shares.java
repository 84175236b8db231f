package org.privateevolution.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The type of the labels' shares: {@code uniform}, or a map. A map can be read only when the labels are known, so its
 * node stands for it until then.
 */
record Shares(SharesSettings groups) implements Type<Object> {

    static final String UNIFORM = "uniform";

    /** Share of one label. */
    static final Real SHARE = new Real(0, false, 1, true);

    @Override
    public String prose() {
        return "`uniform`, a map from each label to its share, or a map with `noisy`";
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> noisy = Map.of("anyOf", List.of(SHARE.schema(), groups.noisy.schema()));
        return Map.of(
                "anyOf",
                List.of(
                        Words.texts(UNIFORM).schema(),
                        new TreeMap<>(Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of(groups.noisy.name(), noisy),
                                "additionalProperties",
                                SHARE.schema()))));
    }

    @Override
    public Object read(Given given) {
        return given.node() instanceof Node.Mapping map
                ? map
                : Words.texts(UNIFORM).read(given);
    }
}
