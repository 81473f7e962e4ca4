package io.patchbay.plugin.ernie;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.BaseAddress;
import io.patchbay.toolkit.Endpoints;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server a channel points at: which of the two APIs it speaks, its addresses and credentials. */
record Qianfan(ChannelView channel) {
    static final String API_KEY = "api_key";
    static final String SECRET_KEY = "secret_key";

    /** Where a pair of cloud keys is changed into a key of the current API. */
    static final String TOKEN_HOST = "iam.bj.baidubce.com";

    /** The name of the minted value. */
    static final String TOKEN = "token";

    private static final String OLD_PATH = "/rpc/2.0/ai_custom/v1/wenxinworkshop/";

    /** What the old API calls its models in addresses; others are called by their own name in lower case. */
    private static final Map<String, String> OLD_NAMES = Map.ofEntries(
            Map.entry("ernie-4.0-8k", "completions_pro"),
            Map.entry("ernie-bot-4", "completions_pro"),
            Map.entry("ernie-3.5-8k", "completions"),
            Map.entry("ernie-bot", "completions"),
            Map.entry("ernie-bot-turbo", "eb-instant"),
            Map.entry("ernie-lite-8k-0922", "eb-instant"),
            Map.entry("ernie-speed-8k", "ernie_speed"),
            Map.entry("ernie-speed", "ernie_speed"),
            Map.entry("ernie-lite-8k-0308", "ernie-lite-8k"),
            Map.entry("ernie-bot-8k", "ernie_bot_8k"),
            Map.entry("bloomz-7b", "bloomz_7b1"));

    /** Returns whether the endpoint is the old API: its host, or a proxy that keeps its path. */
    boolean old() {
        String endpoint = channel.endpoint();
        return BaseAddress.host(endpoint).equals("aip.baidubce.com") || endpoint.contains("wenxinworkshop");
    }

    /** Returns whether the credential is a pair, which must be changed into a token first. */
    boolean paired() {
        return !channel.secret(SECRET_KEY).isEmpty();
    }

    /** Returns what to send as credential, or {@code null} when nothing was minted. */
    @Nullable
    Secret token() {
        return old() || paired() ? channel.minted(TOKEN) : channel.secret(API_KEY);
    }

    /** Returns a request of the current API. */
    HttpRequest.Builder begun(HttpRequest.Builder request) {
        Secret token = token();
        if (token != null) {
            request.header("Authorization", token.prefixed("Bearer "));
        }
        String application = channel.option("appid").strip();
        return application.isEmpty() ? request : request.header("appid", application);
    }

    /** Returns an address of the current API. */
    String url(String path) {
        return Endpoints.join(BaseAddress.of(channel.endpoint(), "/v2"), path);
    }

    /** Begins a POST of the old API. */
    HttpRequest.Builder oldPost(String kind, String model, Secret token) {
        String lower = model.toLowerCase(Locale.ROOT);
        String name = OLD_NAMES.getOrDefault(lower, lower.startsWith("ernie-") ? lower : model);
        String segment = URLEncoder.encode(name, StandardCharsets.UTF_8);
        return HttpRequest.post(BaseAddress.origin(channel.endpoint()) + OLD_PATH + kind + "/" + segment)
                .query("access_token", token);
    }

    /** Begins the request for a token of the old API. */
    HttpRequest.Builder oldToken() {
        return HttpRequest.post(BaseAddress.origin(channel.endpoint()) + "/oauth/2.0/token")
                .query("grant_type", "client_credentials")
                .query("client_id", channel.secret(API_KEY))
                .query("client_secret", channel.secret(SECRET_KEY));
    }
}
