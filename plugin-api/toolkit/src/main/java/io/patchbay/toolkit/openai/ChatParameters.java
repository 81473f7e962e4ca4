package io.patchbay.toolkit.openai;

import io.patchbay.spi.Dialect;
import io.patchbay.spi.Profile;
import io.patchbay.spi.chat.ChatCall;
import io.patchbay.spi.chat.Wire;
import io.patchbay.spi.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which request fields OpenAI's models refuse, by model. */
final class ChatParameters {
    /** Fields of other vendors that clients send by habit; OpenAI answers 400 to any of them. */
    private static final List<String> FOREIGN = List.of(
            "top_k",
            "min_p",
            "repetition_penalty",
            "enable_thinking",
            "thinking",
            "thinking_budget",
            "chat_template_kwargs",
            "reasoning",
            "extra_body",
            "include_reasoning",
            "safety_settings",
            "images",
            "image_config");

    private static final List<String> SAMPLING = List.of("temperature", "top_p", "logprobs", "top_logprobs");
    private static final List<String> BIAS = List.of("presence_penalty", "frequency_penalty", "logit_bias");

    private ChatParameters() {}

    /**
     * Returns the profile for a call.
     *
     * @param official whether the endpoint is OpenAI's own; other servers of the dialect know many of the foreign fields
     */
    static Profile profile(ChatCall call, boolean official) {
        Profile.Builder profile = Profile.builder();
        if (official) {
            FOREIGN.forEach(profile::drop);
        }
        if (ModelFamily.reasons(call.model())) {
            reasoning(profile, call);
        }
        return profile.build();
    }

    private static void reasoning(Profile.Builder profile, ChatCall call) {
        String model = ModelFamily.bare(call.model());
        profile.rename("max_tokens", "max_completion_tokens");
        BIAS.forEach(profile::drop);
        // From gpt-5.1 on the effort "none" switches reasoning off, and sampling is free again.
        if (!("none".equals(effort(call)) && model.startsWith("gpt-") && !model.matches("gpt-5(?:-.*)?"))) {
            SAMPLING.forEach(profile::drop);
        }
        if (!model.startsWith("o1")) {
            profile.drop("stop");
        }
    }

    private static @Nullable String effort(ChatCall call) {
        Wire wire = call.wire();
        JsonValue effort = wire != null && wire.dialect().equals(Dialect.OPENAI_CHAT)
                ? wire.get("reasoning_effort")
                : call.request().settings().get("reasoning_effort");
        return effort == null ? null : effort.string();
    }
}
