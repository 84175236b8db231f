package org.privateevolution.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code uniform}, or a map, which is read when the labels are known: its node stands for it. */
record Shares(SharesSettings groups) implements Type<Object> {

    static final String UNIFORM = "uniform";

    /** The share of a label. */
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
