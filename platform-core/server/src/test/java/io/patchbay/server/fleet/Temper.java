package io.patchbay.server.fleet;

import io.patchbay.testkit.upstream.ChatAnswer;
import io.patchbay.testkit.upstream.OpenAiScripts;
import io.patchbay.testkit.upstream.Script;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How an upstream answers. Refusals quote the key and the upstream's address, as real ones do. */
@FunctionalInterface
public interface Temper {
    /** Returns what is answered. */
    Script answer(FleetUpstream self, Asked asked);

    /** Answers after a few milliseconds. */
    static Temper healthy(Dice dice) {
        return (self, asked) -> right(
                self, asked, Duration.ofMillis(dice.of(self.name(), asked.id()).nextInt(15, 60)));
    }

    /** Answers after that time. */
    static Temper answering(Duration delay) {
        return (self, asked) -> right(self, asked, delay);
    }

    /** Fails after that time. */
    static Temper failing(Duration delay) {
        return (self, asked) -> Script.answer(500)
                .delay(delay)
                .json(OpenAiScripts.errorJson("server_error", null, self.name() + " failed"));
    }

    /** Answers 2 to 3 seconds late. */
    static Temper slow(Dice dice) {
        return (self, asked) -> right(
                self, asked, Duration.ofMillis(dice.of(self.name(), asked.id()).nextInt(2_000, 3_000)));
    }

    /** Refuses those keys. */
    static Temper refusing(Set<String> dead, Temper otherwise) {
        return (self, asked) -> dead.contains(asked.key())
                ? refusal(self, asked, 401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided")
                : otherwise.answer(self, asked);
    }

    /** Has too many calls, always. */
    static Temper limited(@Nullable Duration retryAfter) {
        return (self, asked) -> {
            Script refusal = refusal(self, asked, 429, "rate_limit_error", "rate_limit_exceeded", "Rate limit reached");
            return retryAfter == null ? refusal : refusal.header("Retry-After", Long.toString(retryAfter.toSeconds()));
        };
    }

    /** Sends its headers, in a stream also the role, and then nothing. */
    static Temper stalling() {
        return (self, asked) -> asked.stream()
                ? roleOnly().stall()
                : Script.answer()
                        .header("Content-Type", "application/json")
                        .head()
                        .stall();
    }

    /** Begins to say something in a stream and falls silent. */
    static Temper stallingAfterContent() {
        return (self, asked) -> asked.stream()
                ? roleOnly()
                        .sse(chunk("{\"content\":\"" + self.name() + ": ans\"}"))
                        .charging("c" + asked.request().number(), "fleet", FleetUpstream.INPUT, FleetUpstream.OUTPUT)
                        .endWithoutMarker()
                        .stall()
                : Script.answer()
                        .header("Content-Type", "application/json")
                        .chunk("{\"id\":\"c\",")
                        .stall();
    }

    /** Fails one call of two before any content: by status, by a reset, or by an answer that ends too early. */
    static Temper halfBroken(Dice dice) {
        Temper good = healthy(dice);
        return (self, asked) -> {
            RandomGenerator chance = dice.of(self.name(), "fault of " + asked.id());
            if (chance.nextBoolean()) {
                return good.answer(self, asked);
            }
            return switch (chance.nextInt(3)) {
                case 0 -> refusal(self, asked, 500, "server_error", null, "The server had an error");
                case 1 -> Script.answer().cut();
                default ->
                    asked.stream()
                            ? roleOnly().hangUp()
                            : Script.answer()
                                    .header("Content-Type", "application/json")
                                    .chunk("{\"id\":\"c\",\"obj")
                                    .hangUp();
            };
        };
    }

    /** Is overloaded until somebody says that it is well. */
    static Temper recovering(BooleanSupplier well, Temper then) {
        return (self, asked) -> well.getAsBoolean()
                ? then.answer(self, asked)
                : refusal(self, asked, 503, "server_error", "overloaded", "The engine is overloaded");
    }

    /** Returns a refusal that tells more than a client may learn. */
    static Script refusal(
            FleetUpstream self, Asked asked, int status, String type, @Nullable String code, String words) {
        String indiscreet = words + ": " + asked.key() + " at " + self.endpoint() + FleetUpstream.CHAT + " (host "
                + self.endpoint().substring("http://".length()) + ", Authorization: Bearer " + asked.key() + ")";
        return OpenAiScripts.error(status, type, code, indiscreet);
    }

    private static Script right(FleetUpstream self, Asked asked, Duration delay) {
        ChatAnswer answer = OpenAiScripts.echoModel(self.name(), ": answer", " to ", asked.id(), ".")
                .usage(FleetUpstream.INPUT, FleetUpstream.OUTPUT)
                .delayed(delay);
        return answer.apply(asked.request());
    }

    private static Script roleOnly() {
        return Script.answer()
                .sse(chunk("{\"role\":\"assistant\",\"content\":\"\"}"))
                .endWithoutMarker();
    }

    private static String chunk(String delta) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"fleet\",\"choices\":[{"
                + "\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}";
    }
}
