package org.privateevolution.generation.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.privateevolution.spi.GenerationRequest;

/** What prompts may say of a requested sample besides its label. */
public interface PromptVariables {

    /** Nothing. */
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

    /** The variables of a request, a pure function of it. */
    Map<String, String> of(GenerationRequest request);

    /** Such variables, to try prompts with before anything is asked; at least one. */
    List<Map<String, String>> examples();

    /** Names of which each prompt must use one at least; none if it need not. */
    Set<String> required();
}
