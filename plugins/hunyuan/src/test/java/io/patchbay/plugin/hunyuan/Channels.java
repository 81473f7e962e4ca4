package io.patchbay.plugin.hunyuan;

import io.patchbay.testkit.host.TestChannel;

/** Channels of the three surfaces, with made-up keys. */
final class Channels {
    private Channels() {}

    static TestChannel cloud(String mark) {
        return TestChannel.builder(new HunyuanChannelType().descriptor(), mark)
                .secret("app_id", "130000000" + mark)
                .secret("secret_id", "AKIDfake" + mark)
                .secret("secret_key", "fakeKey" + mark)
                .build();
    }

    static TestChannel old(String mark) {
        return cloud(mark).toBuilder()
                .endpoint("https://" + Hunyuan.OLD_HOST)
                .secret("app_id", mark.equals("one") ? "1300000001" : "1300000002")
                .build();
    }

    static TestChannel open(String mark) {
        return TestChannel.builder(new HunyuanChannelType().descriptor(), mark)
                .secret("app_id", "sk-open-" + mark)
                .secret("secret_id", "")
                .secret("secret_key", "")
                .build();
    }
}
