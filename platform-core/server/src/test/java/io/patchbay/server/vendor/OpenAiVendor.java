package io.patchbay.server.vendor;

import io.patchbay.testkit.upstream.ChatAnswer;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;

/** OpenAI's chat completions. */
public final class OpenAiVendor implements Vendor {
    private static final ChatAnswer ANSWER =
            OpenAiScripts.text("gpt-4o", "Good ", "day, ", "世界!").usage(9, 4);

    @Override
    public String plugin() {
        return "openai";
    }

    @Override
    public String type() {
        return "openai";
    }

    @Override
    public String model() {
        return "gpt-4o";
    }

    @Override
    public String secret() {
        return "sk-vendor-0123456789";
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!("Bearer " + secret()).equals(request.header("authorization"))) {
            return OpenAiScripts.error(401, "invalid_request_error", "invalid_api_key", "wrong key");
        }
        return request.path().equals("/v1/chat/completions") ? ANSWER.apply(request) : Script.answer(404);
    }
}
