package io.patchbay.server.vendor;

import io.patchbay.testkit.upstream.ChatAnswer;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;

/** Azure OpenAI's classic surface. */
public final class AzureVendor implements Vendor {
    private static final ChatAnswer ANSWER =
            OpenAiScripts.text("gpt-4o-2024-08-06", "Good ", "day, ", "世界!").usage(9, 4);

    @Override
    public String plugin() {
        return "azure";
    }

    @Override
    public String type() {
        return "azure";
    }

    @Override
    public String model() {
        return "gpt-4o";
    }

    @Override
    public String secret() {
        return "azurekey0123456789";
    }

    @Override
    public Script answer(ReceivedRequest request) {
        if (!secret().equals(request.header("api-key"))) {
            return Script.answer(401)
                    .json(
                            "{\"error\":{\"code\":\"401\",\"message\":\"Access denied due to invalid subscription key\"}}");
        }
        boolean known = request.path().equals("/openai/deployments/gpt-4o/chat/completions")
                && request.query().equals("api-version=2024-10-21");
        return known
                ? ANSWER.apply(request)
                : Script.answer(404).json("{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\"}}");
    }
}
