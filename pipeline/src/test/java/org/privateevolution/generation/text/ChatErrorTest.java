package org.privateevolution.generation.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatErrorTest {

    /** OpenAI, vLLM, SGLang, TensorRT-LLM, llama.cpp, Text Generation Inference, Groq, Databricks, Ollama, Gemini. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    400 | {"error": {"message": "Too long.", "code": "context_length_exceeded"}}
                    400 | {"object": "error", "message": "This model's maximum context length is 64 tokens. However, you requested 120 tokens.", "code": 400}
                    400 | {"object": "error", "message": "The input (120 tokens) is longer than the model's context length (64 tokens).", "code": 400}
                    400 | {"object": "error", "message": "The prompt (total length 120) is too long to fit into the model (context length 64)."}
                    400 | {"object": "error", "message": "Prompt length (120) exceeds maximum input length (64). Set log level to info"}
                    400 | {"error": {"message": "the request exceeds the available context size", "type": "exceed_context_size_error"}}
                    422 | {"error": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 64. Given: 100", "error_type": "validation"}
                    422 | {"error": "Input validation error: `inputs` must have less than 64 tokens. Given: 100", "error_type": "validation"}
                    413 | {"error": {"message": "Request too large for model: limit 64, requested 120", "code": "rate_limit_exceeded"}}
                    413 | <html>Request Entity Too Large</html>
                    400 | {"error_code": "BAD_REQUEST", "message": "Bad request: prompt is too long: 120 tokens > 64 maximum"}
                    400 | {"error": {"message": "The input token count (120) exceeds the maximum number of tokens allowed (64)."}}
                    400 | {"detail": "Input is too long for requested model."}
                    """)
    void aPromptThatIsTooLongIsTold(int status, String body) {
        assertThat(ChatError.of(body).isPromptTooLong(status)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    400 | {"error": {"message": "Unsupported parameter: 'max_tokens' is not supported with this model."}}
                    400 | {"error": {"message": "max_tokens is too large: 100000. This model supports at most 16384 completion tokens."}}
                    400 | {"error": {"message": "The model x does not exist."}}
                    422 | {"detail": [{"msg": "Field required", "loc": ["body", "messages"]}]}
                    400 | not JSON
                    400 | []
                    400 | null
                    500 | {"error": {"message": "maximum context length"}}
                    """)
    void whatIsWrongWithEveryRequestIsNot(int status, String body) {
        assertThat(ChatError.of(body).isPromptTooLong(status)).isFalse();
    }

    @Test
    void filtersAreToldByTheirCode() {
        assertThat(ChatError.of("{\"error\": {\"code\": \"content_filter\"}}").isFilter())
                .isTrue();
        assertThat(ChatError.of("{\"error\": {\"innererror\": {\"code\": \"ResponsibleAIPolicyViolation\"}}}")
                        .isFilter())
                .isTrue();
        assertThat(ChatError.of("{\"error\": \"content_filter\"}").isFilter()).isFalse();
    }

    @Test
    void messagesAreFoundWhereverTheyStand() {
        assertThat(ChatError.of("{\"error\": {\"message\": \"a\"}}").message()).isEqualTo("a");
        assertThat(ChatError.of("{\"message\": \"a\"}").message()).isEqualTo("a");
        assertThat(ChatError.of("{\"detail\": \"a\"}").message()).isEqualTo("a");
        assertThat(ChatError.of("{\"error\": \"a\"}").message()).isEqualTo("a");
        assertThat(ChatError.of("a").message()).isEmpty();
    }
}
