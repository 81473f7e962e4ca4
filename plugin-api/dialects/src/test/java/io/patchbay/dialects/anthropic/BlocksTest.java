package io.patchbay.dialects.anthropic;

import static io.patchbay.dialects.anthropic.Written.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BlocksTest {
    private static AnthropicRequest written(String part) {
        return Written.of(
                "claude-sonnet-4-5",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}," + part + "]}]");
    }

    private static void isWritten(String part, String block) {
        assertThat(written(part).body().at("messages", 0, "content", 1)).isEqualTo(json(block));
        assertThat(written(part).unmapped()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, iVBORw0KGgoAAAAN, image/png",
        "image/jpeg, iVBORw0KGgoAAAAN, image/png",
        "image/png, /9j/4AAQSkZJRg, image/jpeg",
        "image/png, R0lGODlhAQABAA, image/gif",
        "application/octet-stream, UklGRiQAAABXRUJQ, image/webp",
        "image/webp, unknown, image/webp"
    })
    void picturesCarryTheTypeTheyReallyHave(String label, String data, String type) {
        isWritten(
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:" + label + ";base64," + data + "\"}}",
                "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"" + type + "\",\"data\":\"" + data
                        + "\"}}");
    }

    @Test
    void picturesByAddressAreFetchedByTheVendor() {
        isWritten("""
                {"type":"image_url","image_url":{"url":"https://a.example/x.png","detail":"auto"},\
                "cache_control":{"type":"ephemeral"}}""", """
                {"type":"image","source":{"type":"url","url":"https://a.example/x.png"},"cache_control":{"type":"ephemeral"}}""");
    }

    @Test
    void filesBecomeDocuments() {
        isWritten("""
                {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0x"}}""", """
                {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0x"},"title":"a.pdf"}""");
        isWritten("""
                {"type":"file","file":{"file_data":"data:text/markdown;charset=utf-8;base64,R3LDvMOfZQ=="}}""", """
                {"type":"document","source":{"type":"text","media_type":"text/plain","data":"Grüße"}}""");
        isWritten("""
                {"type":"file","file":{"file_data":"https://a.example/a.pdf"}}""", """
                {"type":"document","source":{"type":"url","url":"https://a.example/a.pdf"}}""");
        isWritten("""
                {"type":"file","file":{"file_id":"file_011CNha8"}}""", """
                {"type":"document","source":{"type":"file","file_id":"file_011CNha8"}}""");
        isWritten("""
                {"type":"file","file":{"file_data":"data:image/png;base64,iVBORw0KGgo"}}""", """
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo"}}""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":[]},\"citations\":{\"enabled\":true}}",
                "{\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"file_1\"}}",
                "{\"type\":\"search_result\",\"source\":\"s\",\"title\":\"t\",\"content\":[]}",
                "{\"type\":\"text\",\"text\":\"cached\",\"cache_control\":{\"type\":\"ephemeral\"}}",
            })
    void blocksOfThisDialectPassAsTheyAre(String block) {
        isWritten(block, block);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA==\",\"format\":\"wav\"}}|messages.input_audio",
                "{\"type\":\"video_url\",\"video_url\":{\"url\":\"https://a.example/v.mp4\"}}|messages.video_url",
                "{\"type\":\"file\",\"file\":{\"file_id\":\"file-openai\"}}|messages.file",
                "{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/zip;base64,UEsD\"}}|messages.file",
                "{\"type\":\"file\"}|messages.file",
                "{\"type\":\"image\"}|messages.image",
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"ftp://a.example/x.png\"}}|messages.image_url",
            })
    void whatHasNoBlockIsReported(String part, String field) {
        assertThat(written(part).body().at("messages", 0, "content")).isEqualTo(json("\"Hi\""));
        assertThat(written(part).unmapped()).containsExactly(field);
    }

    @Test
    void theWishForDetailIsReported() {
        assertThat(written("""
                        {"type":"image_url","image_url":{"url":"https://a.example/x.png","detail":"low"}}""").unmapped()).containsExactly("messages.image_url.detail");
    }
}
