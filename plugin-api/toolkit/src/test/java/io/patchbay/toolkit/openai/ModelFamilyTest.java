package io.patchbay.toolkit.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Offer.ImageInput;
import org.junit.jupiter.api.Test;

final class ModelFamilyTest {
    @Test
    void familiesAreReadFromNames() {
        assertFamily(
                ModelFamily.CHAT, "gpt-5.6-sol", "gpt-4o", "o3", "gpt-4-dalle", "llama-4-scout", "openai/gpt-oss-120b");
        assertFamily(ModelFamily.COMPLETION, "gpt-3.5-turbo-instruct", "davinci-002");
        assertFamily(
                ModelFamily.RESPONSES,
                "gpt-5.5-pro",
                "o3-pro",
                "gpt-5.3-codex",
                "gpt-5.1-codex-max",
                "codex-mini-latest",
                "o4-mini-deep-research");
        assertFamily(ModelFamily.EMBEDDING, "text-embedding-3-small", "BAAI/bge-m3", "nomic-embed-text");
        assertFamily(ModelFamily.IMAGE, "dall-e-3", "gpt-image-2", "chatgpt-image-latest", "dalle");
        assertFamily(ModelFamily.SPEECH, "tts-1", "gpt-4o-mini-tts", "gpt-4o-mini-tts-2025-12-15");
        assertFamily(ModelFamily.TRANSCRIPTION, "whisper-large-v3", "gpt-4o-transcribe-diarize");
        assertFamily(ModelFamily.MODERATION, "omni-moderation-latest");
        assertFamily(ModelFamily.VIDEO, "sora-2", "openai/sora-2-pro-2025-10-06");
        assertFamily(ModelFamily.OTHER, "gpt-4o-realtime-preview");
    }

    @Test
    void reasoningModelsAreKnownByName() {
        for (String model :
                new String[] {"o1", "o1-mini", "o3", "o4-mini", "gpt-5", "gpt-5.4-mini", "openai/gpt-5-nano"}) {
            assertThat(ModelFamily.reasons(model)).as(model).isTrue();
        }
        for (String model :
                new String[] {"gpt-4o", "gpt-4.1", "gpt-5-chat-latest", "gpt-50", "gpt-oss-120b", "omni", "o"}) {
            assertThat(ModelFamily.reasons(model)).as(model).isFalse();
        }
    }

    @Test
    void picturesGoToModelsThatSeeThem() {
        for (String model :
                new String[] {"gpt-4o-mini", "gpt-4.1-nano", "gpt-5.6-luna", "o1", "o3", "o4-mini", "gpt-4-turbo"}) {
            assertThat(ModelFamily.offer(model, true).imageInput()).as(model).isEqualTo(ImageInput.URL_OR_INLINE);
            assertThat(ModelFamily.offer(model, true).has(Capability.VISION))
                    .as(model)
                    .isTrue();
        }
        for (String model : new String[] {
            "gpt-4", "gpt-3.5-turbo", "o1-mini", "o3-mini", "gpt-4o-audio-preview", "gpt-4-turbo-preview"
        }) {
            assertThat(ModelFamily.offer(model, true).imageInput()).as(model).isEqualTo(ImageInput.NONE);
        }
    }

    @Test
    void onlyChatModelsOfferChatAndItsDialect() {
        Offer chat = ModelFamily.offer("gpt-4o", true);
        Offer completion = ModelFamily.offer("gpt-3.5-turbo-instruct", true);
        Offer embedding = ModelFamily.offer("text-embedding-3-large", true);

        assertThat(chat.has(Capability.CHAT)).isTrue();
        assertThat(chat.dialects()).containsExactly(Dialect.OPENAI_CHAT);
        assertThat(completion.has(Capability.CHAT)).isTrue();
        assertThat(completion.has(Capability.TOOLS)).isFalse();
        assertThat(completion.dialects()).isEmpty();
        assertThat(embedding.has(Capability.CHAT)).isFalse();
        assertThat(embedding.dialects()).containsExactly(Dialect.OPENAI_EMBEDDINGS);
    }

    @Test
    void editsAreOfferedByTheModelsThatEdit() {
        assertThat(ModelFamily.offer("gpt-image-2", true).has(Capability.IMAGE_EDITS))
                .isTrue();
        assertThat(ModelFamily.offer("dall-e-2", true).has(Capability.IMAGE_EDITS))
                .isTrue();
        assertThat(ModelFamily.offer("dall-e-3", true).has(Capability.IMAGE_EDITS))
                .isFalse();
    }

    @Test
    void videosAreOfferedAsTasksThatTakeAPictureAsBytes() {
        Offer offer = ModelFamily.offer("sora-2", true);

        assertThat(offer.capabilities()).containsExactlyInAnyOrder(Capability.TASKS, Capability.VISION);
        assertThat(offer.imageInput()).isEqualTo(ImageInput.INLINE);
    }

    @Test
    void modelsOfTheResponsesApiAreAskedThereAtOpenAiOnly() {
        assertThat(ModelFamily.offer("gpt-5.5-pro", true).dialects()).containsExactly(Dialect.OPENAI_RESPONSES);
        assertThat(ModelFamily.offer("gpt-5.5-pro", false).dialects()).containsExactly(Dialect.OPENAI_CHAT);
    }

    private static void assertFamily(ModelFamily family, String... models) {
        for (String model : models) {
            assertThat(ModelFamily.of(model)).as(model).isEqualTo(family);
        }
    }
}
