package io.patchbay.plugin.skylark;

import io.patchbay.testkit.host.TestChannel;

/** Channels of both services, with made-up keys. */
final class Channels {
    static final String MAAS = "https://maas-api.ml-platform-cn-beijing.volces.com";

    private Channels() {}

    static TestChannel ark(String mark) {
        return TestChannel.builder(new SkylarkChannelType().descriptor(), mark)
                .secret("key", "ark-key-" + mark)
                .secret("secret_key", "")
                .build();
    }

    static TestChannel maas(String mark) {
        return TestChannel.builder(new SkylarkChannelType().descriptor(), mark)
                .endpoint(MAAS)
                .secret("key", "AKLTfake" + mark)
                .secret("secret_key", "fakeVolcSecretKey" + mark)
                .build();
    }
}
