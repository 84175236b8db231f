package org.privateevolution.model;

import java.util.Objects;

/**
 * One synthetic sample.
 *
 * @param id unique in the run
 * @param label index of its label, from 0
 * @param payload its content
 * @param parent id of the sample it is a variation of; empty for a sample of RANDOM_API
 */
public record Sample(String id, int label, Payload payload, String parent) {
    public Sample {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(parent, "parent");
    }
}
