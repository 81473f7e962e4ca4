package io.patchbay.plugin.hunyuan;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.BaseAddress;
import io.patchbay.toolkit.Endpoints;
import io.patchbay.toolkit.sign.Tc3Signer;

/** The server a channel points at: which of the three surfaces it is, and the credentials for it. */
record Hunyuan(ChannelView channel) {
    /** The parts of a credential; of two, the first is the id and the second the key. */
    private static final String FIRST = "app_id";

    private static final String SECOND = "secret_id";
    private static final String THIRD = "secret_key";

    static final String CLOUD_HOST = "hunyuan.tencentcloudapi.com";
    static final String OLD_HOST = "hunyuan.cloud.tencent.com";
    static final String OPEN_HOST = "api.hunyuan.cloud.tencent.com";

    /** A surface of the vendor. */
    enum Surface {
        CLOUD,
        OLD,
        OPEN
    }

    Surface surface() {
        if (channel.secret(SECOND).isEmpty()) {
            return Surface.OPEN;
        }
        boolean old = host().equals(OLD_HOST) || channel.endpoint().contains("/hyllm/");
        return old ? Surface.OLD : Surface.CLOUD;
    }

    Secret appId() {
        return channel.secret(FIRST);
    }

    /** Returns the second of three parts, or the first of two. */
    Secret secretId() {
        return channel.secret(isPair() ? FIRST : SECOND);
    }

    /** Returns the last part. */
    Secret secretKey() {
        return channel.secret(isPair() ? SECOND : THIRD);
    }

    boolean isPair() {
        return channel.secret(THIRD).isEmpty();
    }

    /** Begins an action of the cloud API, which is signed when it is sent. */
    HttpRequest.Builder action(String name) {
        return HttpRequest.post(BaseAddress.origin(channel.endpoint()) + "/")
                .header("X-TC-Action", name)
                .header("X-TC-Version", "2023-09-01")
                .header("X-TC-Region", "ap-guangzhou")
                .signed(Tc3Signer.of(secretId(), secretKey(), "hunyuan"));
    }

    /** Begins a call in OpenAI's dialect; a lone key that was left at another of the vendor's hosts is meant for this one. */
    HttpRequest.Builder open(String path) {
        boolean elsewhere = host().equals(CLOUD_HOST) || host().equals(OLD_HOST);
        String base = elsewhere ? "https://" + OPEN_HOST : channel.endpoint();
        return HttpRequest.post(Endpoints.join(base, path))
                .header("Authorization", channel.secret(FIRST).prefixed("Bearer "));
    }

    private String host() {
        return BaseAddress.host(channel.endpoint());
    }
}
