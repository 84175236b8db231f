package org.privateevolution.generation.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.privateevolution.spi.GenerationRequest;

/** Variables that prompts may use for a requested sample, besides those of its label. */
public interface PromptVariables {

    /** No variables. */
    PromptVariables NONE = new PromptVariables() {
        @Override
        public Map<String, String> of(GenerationRequest request) {
            return Map.of();
        }

        @Override
        public List<Map<String, String>> examples() {
            return List.of(Map.of());
        }

        @Override
        public Set<String> required() {
            return Set.of();
        }
    };

    /** Returns the variables of a request; a pure function of the request. */
    Map<String, String> of(GenerationRequest request);

    /** Examples of the variables, to try prompts with before the first request; at least one. */
    List<Map<String, String>> examples();

    /** Names of variables of which every prompt must use at least one; empty if there is no such rule. */
    Set<String> required();
}
