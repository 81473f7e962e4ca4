package io.patchbay.relay.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.foundation.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ChannelFormTest {
    private static JsonNode json(String text) throws Exception {
        return Json.mapper().readTree(text);
    }

    @Test
    void readsTheSeedsObjectAndKeepsUnknownFields() throws Exception {
        Channel channel = ChannelForm.read(json("""
                        {"id":7,"name":" Main ","type":"openai","priority":3,"weight":0,"models":["a"," ","a","b"],"retry":0,
                         "secret":" sk-one-12345678 \\r\\n\\n sk-two-12345678","endpoint":" https://x.example ","mapper":"m>n",
                         "state":false,"group":["pro"],"proxy":{"proxy_type":3,"proxy":"127.0.0.1:1080","username":"u","password":"p"},
                         "first_message_as_user":true}
                        """), null);

        assertThat(channel.name()).isEqualTo("Main");
        assertThat(channel.weight()).isEqualTo(1);
        assertThat(channel.attempts()).isEqualTo(1);
        assertThat(channel.models()).containsExactly("a", "b");
        assertThat(channel.keys()).containsExactly("sk-one-12345678", "sk-two-12345678");
        assertThat(channel.endpoint()).isEqualTo("https://x.example");
        assertThat(channel.active()).isFalse();
        assertThat(channel.serves("pro")).isTrue();
        assertThat(channel.serves("normal")).isFalse();
        assertThat(channel.proxy().type()).isEqualTo(3);
        ObjectNode back = ChannelForm.write(channel);
        assertThat(back.path("first_message_as_user").asBoolean()).isTrue();
        assertThat(back.toString()).doesNotContain("12345678").doesNotContain("\"p\"");
    }

    @Test
    void aMaskedSecretThatComesBackMeansTheStoredOne() throws Exception {
        Channel stored = ChannelForm.read(
                json(
                        "{\"name\":\"n\",\"type\":\"openai\",\"secret\":\"sk-proj-aaaaaaaaaaaaaa-0001\\nsk-proj-bbbbbbbbbbbbbb-0002\","
                                + "\"proxy\":{\"proxy_type\":1,\"proxy\":\"http://p:1\",\"username\":\"u\",\"password\":\"hidden\"}}"),
                null);
        ObjectNode form = ChannelForm.write(stored);
        assertThat(ChannelForm.read(form, stored).keys()).isEqualTo(stored.keys());
        assertThat(ChannelForm.read(form, stored).proxy()).isEqualTo(stored.proxy());

        assertThat(form.path("secret").asText()).isEqualTo("sk-p****0001\nsk-p****0002");
        form.put("secret", "sk-p****0002\nnew-key-1234567890");
        assertThat(ChannelForm.read(form, stored).keys())
                .containsExactly("sk-proj-bbbbbbbbbbbbbb-0002", "new-key-1234567890");
        form.put("secret", "zz-z****9999");
        assertThatThrownBy(() -> ChannelForm.read(form, stored)).hasMessageContaining("masked");
    }

    @Test
    void keysWithTheSameMaskAreAllKept() throws Exception {
        Channel stored =
                ChannelForm.read(json("{\"name\":\"n\",\"type\":\"t\",\"secret\":\"short-1\\nshort-2\"}"), null);
        ObjectNode form = ChannelForm.write(stored);
        assertThat(form.path("secret").asText()).isEqualTo("****\n****");
        assertThat(ChannelForm.read(form, stored).keys()).containsExactly("short-1", "short-2");
    }

    private static Channel withHeaders(String headers, @Nullable Channel before) throws Exception {
        return ChannelForm.read(
                json("{\"name\":\"n\",\"type\":\"openai\",\"header_override\":" + headers + "}"), before);
    }

    @Test
    void headersThatLookLikeCredentialsGoOutMaskedAndComeBackAsTheStoredOnes() throws Exception {
        Channel stored = withHeaders("""
                {"Authorization":"Bearer the-operators-own-key","X-Api-Key":"short","my-TOKEN-2":"0123456789abcdefghij",
                 "client_secret":"another","Cookie":"session=0123456789abcdef","X-Tenant":"blue","X-Number":7}
                """, null);
        ObjectNode form = ChannelForm.write(stored);

        assertThat(form.path("header_override").toString())
                .isEqualTo(
                        "{\"Authorization\":\"Bear****-key\",\"X-Api-Key\":\"****\",\"my-TOKEN-2\":\"0123****ghij\","
                                + "\"client_secret\":\"****\",\"Cookie\":\"sess****cdef\",\"X-Tenant\":\"blue\",\"X-Number\":7}");
        assertThat(ChannelForm.read(form, stored).settings().headers())
                .isEqualTo(stored.settings().headers());

        Channel changed = withHeaders(
                "{\"authorization\":\"Bear****-key\",\"X-Api-Key\":\"a new one\",\"X-Tenant\":\"red ****\"}", stored);
        assertThat(changed.settings().headers())
                .isEqualTo(Map.of(
                        "authorization", "Bearer the-operators-own-key",
                        "X-Api-Key", "a new one",
                        "X-Tenant", "red ****"));
    }

    @Test
    void headersWrittenAsATextKeepThatForm() throws Exception {
        Channel stored = withHeaders("\"{\\\"Authorization\\\":\\\"Bearer the-operators-own-key\\\"}\"", null);
        ObjectNode form = ChannelForm.write(stored);

        assertThat(form.path("header_override").asText()).isEqualTo("{\"Authorization\":\"Bear****-key\"}");
        assertThat(ChannelForm.read(form, stored).settings().headers())
                .isEqualTo(stored.settings().headers());
        assertThat(ChannelForm.write(withHeaders("\"\"", null))
                        .path("header_override")
                        .asText())
                .isEmpty();
        assertThat(ChannelForm.write(withHeaders("null", null))
                        .path("header_override")
                        .isNull())
                .isTrue();
    }

    @Test
    void aMaskedHeaderThatFitsNoStoredOneIsRefused() throws Exception {
        Channel stored = withHeaders("{\"X-Api-Key\":\"0123456789abcdefghij\"}", null);
        for (String masked : new String[] {
            "{\"X-Api-Key\":\"9999****ghij\"}", "{\"X-Api-Key\":\"****\"}", "{\"X-Other-Key\":\"0123****ghij\"}"
        }) {
            assertThatThrownBy(() -> withHeaders(masked, stored))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("header_override: the value of X-")
                    .hasMessageContaining("masked");
            assertThatThrownBy(() -> withHeaders(masked, null)).hasMessageContaining("masked");
        }
    }

    @Test
    void credentialsInsideAProxysAddressMoveIntoTheirFields() throws Exception {
        Channel channel = ChannelForm.read(
                json(
                        "{\"name\":\"n\",\"type\":\"t\",\"proxy\":{\"proxy_type\":1,\"proxy\":\"http://user:wo@rd@h:1\"}}"),
                null);
        assertThat(ChannelForm.write(channel).path("proxy").toString())
                .isEqualTo("{\"proxy_type\":1,\"proxy\":\"http://h:1\",\"username\":\"user\",\"password\":\"****\"}");
        assertThat(channel.proxy().password().reveal()).isEqualTo("wo@rd");
        assertThatThrownBy(() -> ChannelForm.read(
                        json(
                                "{\"name\":\"n\",\"type\":\"t\",\"proxy\":{\"proxy_type\":1,\"proxy\":\"http://user:word@ h\"}}"),
                        null))
                .hasMessageStartingWith("proxy: the proxy is not understood")
                .hasMessageNotContaining("user:word");
    }

    @Test
    void endpointsNoSiteAsksAreRefused() {
        for (String endpoint : new String[] {
            "http://169.254.169.254/v1",
            "https://metadata.google.internal",
            "http://2852039166",
            "http://[fd00:ec2::254]/",
            "http://user@100.100.100.200:80",
            "http://127.1:8080"
        }) {
            assertThatThrownBy(() -> ChannelForm.read(
                            json("{\"name\":\"n\",\"type\":\"t\",\"endpoint\":\"" + endpoint + "\"}"), null))
                    .as(endpoint)
                    .hasMessageStartingWith("endpoint: The server of the upstream");
        }
    }

    @Test
    void otherEndpointsAreTakenAsTheyAre() throws Exception {
        for (String endpoint : new String[] {
            "http://127.0.0.1:11434", "http://10.0.0.7/v1", "2023-12-01-preview", "#general", "wss://x.example", ""
        }) {
            assertThat(ChannelForm.read(json("{\"name\":\"n\",\"type\":\"t\",\"endpoint\":\"" + endpoint + "\"}"), null)
                            .endpoint())
                    .isEqualTo(endpoint);
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> ChannelForm.read(json("{\"type\":\"openai\"}"), null))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> ChannelForm.read(json("{\"name\":\"n\"}"), null))
                .hasMessageContaining("type");
        assertThatThrownBy(() -> ChannelForm.read(json("{\"name\":\"n\",\"type\":\"t\",\"models\":\"a\"}"), null))
                .hasMessageContaining("models");
        assertThatThrownBy(() -> ChannelForm.read(json("{\"name\":\"n\",\"type\":\"t\",\"priority\":\"high\"}"), null))
                .hasMessageContaining("priority");
        assertThatThrownBy(() ->
                        ChannelForm.read(json("{\"name\":\"n\",\"type\":\"t\",\"proxy\":{\"proxy_type\":9}}"), null))
                .hasMessageContaining("proxy");
    }
}
