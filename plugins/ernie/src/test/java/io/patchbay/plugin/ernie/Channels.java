package io.patchbay.plugin.ernie;

import io.patchbay.testkit.host.TestChannel;

/** Channels of both APIs, with made-up keys. */
final class Channels {
    static final String OLD_ENDPOINT = "https://aip.baidubce.com";

    private Channels() {}

    /** Returns a channel of the current API with a key of its own. */
    static TestChannel current(String mark) {
        return TestChannel.builder(new ErnieChannelType().descriptor(), mark)
                .secret("api_key", "bce-v3/ALTAK-" + mark + "/0123456789abcdef")
                .secret("secret_key", "")
                .build();
    }

    /** Returns a channel of the old API whose token was minted. */
    static TestChannel old(String mark) {
        return TestChannel.builder(new ErnieChannelType().descriptor(), mark)
                .endpoint(OLD_ENDPOINT)
                .secret("api_key", "apiKey-" + mark + "-0123456789")
                .secret("secret_key", "secretKey-" + mark + "-0123456789")
                .minted(Qianfan.TOKEN, "24.fake-" + mark + ".2592000")
                .build();
    }

    /** Returns a channel of the current API whose pair of cloud keys was changed into a key. */
    static TestChannel paired(String mark) {
        return TestChannel.builder(new ErnieChannelType().descriptor(), mark)
                .secret("api_key", "fakeBceAccessKey")
                .secret("secret_key", "fakeBceSecretKey")
                .minted(Qianfan.TOKEN, "bce-v3/minted-" + mark)
                .build();
    }
}
