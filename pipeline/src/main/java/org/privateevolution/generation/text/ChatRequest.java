package org.privateevolution.generation.text;

import java.util.List;

/**
 * A request to a model.
 *
 * @param maxTokens greatest length of the answer, in the model's tokens; 0 leaves it to the model
 * @param seed for the model's own sampling, 0 to 2^31 - 1
 */
public record ChatRequest(List<ChatMessage> messages, int maxTokens, int seed) {
    public ChatRequest {
        messages = List.copyOf(messages);
    }
}
