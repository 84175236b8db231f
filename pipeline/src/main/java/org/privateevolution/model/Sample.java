package org.privateevolution.model;

import java.util.Objects;

/**
 * A synthetic sample.
 *
 * @param id unique in the run
 * @param label index of the label, from 0
 * @param payload the sample's content
 * @param parent id of the sample that this one is a variation of; empty for a sample from RANDOM_API
 */
public record Sample(String id, int label, Payload payload, String parent) {
    public Sample {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(parent, "parent");
    }
}
