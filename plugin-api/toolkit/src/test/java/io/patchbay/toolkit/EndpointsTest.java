package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EndpointsTest {
    private static final String CHAT = "chat/completions";

    @Test
    void aBareHostGetsTheVersionAndThePath() {
        assertThat(Endpoints.join("https://api.openai.com", CHAT))
                .isEqualTo("https://api.openai.com/v1/chat/completions");
        assertThat(Endpoints.join("https://api.openai.com/", CHAT))
                .isEqualTo("https://api.openai.com/v1/chat/completions");
        assertThat(Endpoints.join(" https://api.openai.com// ", CHAT))
                .isEqualTo("https://api.openai.com/v1/chat/completions");
    }

    @Test
    void aPathWithoutAVersionGetsTheVersionBehindIt() {
        assertThat(Endpoints.join("https://api.groq.com/openai", CHAT))
                .isEqualTo("https://api.groq.com/openai/v1/chat/completions");
    }

    @Test
    void aVersionIsNeverDoubled() {
        assertThat(Endpoints.join("https://host/v1", CHAT)).isEqualTo("https://host/v1/chat/completions");
        assertThat(Endpoints.join("https://host/v1/", CHAT)).isEqualTo("https://host/v1/chat/completions");
        assertThat(Endpoints.join("https://host/api/paas/v4", CHAT))
                .isEqualTo("https://host/api/paas/v4/chat/completions");
        assertThat(Endpoints.join("https://host/compatible-mode/v1", CHAT))
                .isEqualTo("https://host/compatible-mode/v1/chat/completions");
        assertThat(Endpoints.join("https://host/v1beta/openai", CHAT))
                .isEqualTo("https://host/v1beta/openai/chat/completions");
        assertThat(Endpoints.join("https://host/v1/openai", CHAT)).isEqualTo("https://host/v1/openai/chat/completions");
    }

    @Test
    void aHostNameThatLooksLikeAVersionIsNone() {
        assertThat(Endpoints.join("https://v1.example.com", CHAT))
                .isEqualTo("https://v1.example.com/v1/chat/completions");
        assertThat(Endpoints.join("https://v1", CHAT)).isEqualTo("https://v1/v1/chat/completions");
        assertThat(Endpoints.join("https://host/vision", CHAT)).isEqualTo("https://host/vision/v1/chat/completions");
    }

    @Test
    void aPastedFullPathIsUsedAsItIs() {
        assertThat(Endpoints.join("https://host/odd/chat/completions", CHAT))
                .isEqualTo("https://host/odd/chat/completions");
        assertThat(Endpoints.join("https://host/v1/chat/completions/", CHAT))
                .isEqualTo("https://host/v1/chat/completions");
    }

    @Test
    void aPastedFullPathLeadsToItsSiblings() {
        assertThat(Endpoints.join("https://host/v1/chat/completions", "models")).isEqualTo("https://host/v1/models");
        assertThat(Endpoints.join("https://host/v1/videos", "videos/video_1/content"))
                .isEqualTo("https://host/v1/videos/video_1/content");
        assertThat(Endpoints.join("https://host/v1/videos", "videos")).isEqualTo("https://host/v1/videos");
        assertThat(Endpoints.join("https://host/v1/completions", CHAT)).isEqualTo("https://host/v1/chat/completions");
        assertThat(Endpoints.join("https://host/v1/chat/completions", "completions"))
                .isEqualTo("https://host/v1/completions");
    }

    @Test
    void aTrailingHashMeansExactlyThisAddress() {
        assertThat(Endpoints.join("https://host/own/way#", CHAT)).isEqualTo("https://host/own/way");
        assertThat(Endpoints.join("https://host/own/#", CHAT)).isEqualTo("https://host/own/");
    }

    @Test
    void aQueryStaysAtTheEnd() {
        assertThat(Endpoints.join("https://host/v1?tenant=a", CHAT))
                .isEqualTo("https://host/v1/chat/completions?tenant=a");
    }
}
