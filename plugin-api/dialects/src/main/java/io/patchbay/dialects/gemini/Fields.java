package io.patchbay.dialects.gemini;

import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.json.JsonBoolean;
import io.patchbay.spi.json.JsonNull;
import io.patchbay.spi.json.JsonValue;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The settings of a request, taken one by one; what nobody took or what was lost on the way is known in the end. */
final class Fields {
    private final ChatRequest request;
    private final Set<String> taken = new HashSet<>(Set.of("stream_options"));
    private final Set<String> lost = new TreeSet<>();

    Fields(ChatRequest request) {
        this.request = request;
    }

    ChatRequest request() {
        return request;
    }

    /** Takes a setting as it came; {@code null} when it is missing or JSON null. */
    @Nullable
    JsonValue take(String name) {
        taken.add(name);
        JsonValue value = request.settings().get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Takes a text; {@code null} when it is missing or none. */
    @Nullable
    String text(String name) {
        JsonValue value = take(name);
        return value == null ? null : value.string();
    }

    /** Takes a number and moves it into the range; {@code null} when it is missing or none. */
    @Nullable
    Double number(String name, double least, double most) {
        JsonValue value = take(name);
        BigDecimal number = value == null ? null : value.number();
        return number == null ? null : Math.clamp(number.doubleValue(), least, most);
    }

    /** Takes a whole number and moves it into the range; {@code null} when it is missing or none. */
    @Nullable
    Long whole(String name, long least, long most) {
        Double number = number(name, least, most);
        return number == null ? null : Math.round(number);
    }

    /** Takes a member of Google's own block of settings, {@code extra_body.google}, as clients of its gateway do. */
    @Nullable
    JsonValue google(String name) {
        JsonValue extra = take("extra_body");
        JsonValue value = extra == null ? null : extra.at("google", name);
        return value instanceof JsonNull ? null : value;
    }

    /** Says that something is lost although it was looked at. */
    void lose(String name) {
        lost.add(name);
    }

    /** Returns the names of what does not reach the upstream, in order. */
    Set<String> lost() {
        Set<String> all = new TreeSet<>(lost);
        request.settings().members().forEach((name, value) -> {
            boolean idle = value.isNull() || name.equals("store") && value.equals(JsonBoolean.FALSE);
            if (!taken.contains(name) && !idle) {
                all.add(name);
            }
        });
        return Collections.unmodifiableSet(all);
    }
}
