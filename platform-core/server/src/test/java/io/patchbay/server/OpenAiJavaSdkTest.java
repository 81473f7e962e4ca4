package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import io.patchbay.spi.chat.ChatMessage.ToolCall;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own Java SDK, unmodified, against the running server. */
final class OpenAiJavaSdkTest {
    private static final String CHAT = "/v1/chat/completions";

    @TempDir
    private static Path home;

    private static ScriptedUpstream upstream;
    private static TestServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        upstream.on("POST", CHAT, OpenAiScripts.text("gpt-test", "Hel", "lo").usage(7, 2));
        server = TestServer.start(home);
        String key = server.client().prepare(upstream.endpoint(), "gpt-test");
        client = sdk(key);
    }

    @BeforeEach
    void nothingRests() {
        server.client().mend();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        upstream.close();
    }

    private static OpenAIClient sdk(String key) {
        return OpenAIOkHttpClient.builder()
                .apiKey(key)
                .baseUrl(server.uri().resolve("/v1").toString())
                .maxRetries(0)
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private static ChatCompletionCreateParams.Builder hi() {
        return ChatCompletionCreateParams.builder().model("gpt-test").addUserMessage("Hi");
    }

    @Test
    void plain() {
        ChatCompletion answer = client.chat().completions().create(hi().build());
        assertThat(answer.choices().getFirst().message().content()).contains("Hello");
        assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(7);
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    }

    @Test
    void streamedWithUsage() {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(hi().streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build())) {
            stream.stream().forEach(whole::accumulate);
        }
        ChatCompletion answer = whole.chatCompletion();
        assertThat(answer.choices().getFirst().message().content()).contains("Hello");
        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(2);
    }

    @Test
    void toolsInParallelPlainAndStreamed() {
        FunctionDefinition weather = FunctionDefinition.builder()
                .name("get_weather")
                .strict(true)
                .parameters(FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                        .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                        .build())
                .build();
        ToolCall oslo = new ToolCall("call_a", "get_weather", "{\"city\":\"Oslo\"}");
        ToolCall rome = new ToolCall("call_b", "get_weather", "{\"city\":\"Rome\"}");
        upstream.once("POST", CHAT, OpenAiScripts.tools("gpt-test", oslo, rome));
        ChatCompletion plain =
                client.chat().completions().create(hi().addFunctionTool(weather).build());
        assertThat(plain.choices().getFirst().message().toolCalls().orElseThrow())
                .extracting(call -> call.asFunction().function().arguments())
                .containsExactly("{\"city\":\"Oslo\"}", "{\"city\":\"Rome\"}");
        assertThat(upstream.received().getLast().json().at("tools", 0, "function", "strict"))
                .hasToString("true");

        upstream.once("POST", CHAT, OpenAiScripts.tools("gpt-test", oslo, rome));
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(hi().addFunctionTool(weather).build())) {
            stream.stream().forEach(whole::accumulate);
        }
        assertThat(whole.chatCompletion()
                        .choices()
                        .getFirst()
                        .message()
                        .toolCalls()
                        .orElseThrow())
                .extracting(call -> call.asFunction().id())
                .containsExactly("call_a", "call_b");
        assertThat(whole.chatCompletion().choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    }

    @Test
    void visionPartsReachTheUpstream() {
        upstream.once("POST", CHAT, OpenAiScripts.vision("gpt-test"));
        ChatCompletionContentPart picture =
                ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                        .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                                .url("data:image/png;base64,iVBORw0KGgo=")
                                .build())
                        .build());
        ChatCompletionContentPart text = ChatCompletionContentPart.ofText(
                ChatCompletionContentPartText.builder().text("What is this?").build());
        client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt-test")
                        .addUserMessageOfArrayOfContentParts(List.of(text, picture))
                        .build());
        assertThat(upstream.received().getLast().json().at("messages", 0, "content", 1, "image_url", "url"))
                .hasToString("\"data:image/png;base64,iVBORw0KGgo=\"");
    }

    @Test
    void errorsAreTheSdksOwn() {
        assertThatThrownBy(
                        () -> sdk("sk-" + "0".repeat(64)).chat().completions().create(hi().build()))
                .isInstanceOf(UnauthorizedException.class);
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(hi().model("no-such-model").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no-such-model");
        upstream.once(
                "POST", CHAT, OpenAiScripts.error(400, "invalid_request_error", "context_length_exceeded", "too long"));
        assertThatThrownBy(() -> client.chat().completions().create(hi().build()))
                .isInstanceOf(BadRequestException.class);
        upstream.once("POST", CHAT, OpenAiScripts.error(429, "requests", "rate_limit_exceeded", "slow down"));
        assertThatThrownBy(() -> client.chat().completions().create(hi().build()))
                .isInstanceOf(RateLimitException.class);
    }

    @Test
    void closingAStreamCancelsTheUpstream() {
        upstream.forget();
        upstream.once("POST", CHAT, OpenAiScripts.words("gpt-test", 1_000).paced(Duration.ofMillis(10)));
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(hi().build())) {
            Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
            for (int i = 0; i < 5; i++) {
                chunks.next();
            }
        }
        assertThat(upstream.awaitCancelled(1)).hasSize(1);
    }

    @Test
    void listsModels() {
        assertThat(client.models().list().data())
                .extracting(model -> model.id())
                .contains("gpt-test");
        assertThat(client.models().retrieve("gpt-test").id()).isEqualTo("gpt-test");
    }
}
