package io.patchbay.testkit.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a script; changed only while a new script is being made. */
final class ScriptSettings {
    record Price(String answerId, String model, long input, long output) {}

    int status = 200;
    Map<String, String> headers = new LinkedHashMap<>();
    List<Step> steps = new ArrayList<>();
    /** Whether this is a conversation on a WebSocket. */
    boolean socket;

    boolean chunked;
    boolean closeDelimited;
    boolean marker;
    boolean comments;
    boolean usageInBody;
    String lineEnd = "\n";
    Duration pace = Duration.ZERO;
    int[] splitAt = {};
    int splitEvery;
    int breakAt = -1;
    boolean breakByReset;

    @Nullable
    Price price;

    void events() {
        chunked = true;
        headers.putIfAbsent("content-type", "text/event-stream; charset=utf-8");
    }

    ScriptSettings copy() {
        ScriptSettings copy = new ScriptSettings();
        copy.status = status;
        copy.headers = new LinkedHashMap<>(headers);
        copy.steps = new ArrayList<>(steps);
        copy.socket = socket;
        copy.chunked = chunked;
        copy.closeDelimited = closeDelimited;
        copy.marker = marker;
        copy.comments = comments;
        copy.usageInBody = usageInBody;
        copy.lineEnd = lineEnd;
        copy.pace = pace;
        copy.splitAt = splitAt;
        copy.splitEvery = splitEvery;
        copy.breakAt = breakAt;
        copy.breakByReset = breakByReset;
        copy.price = price;
        return copy;
    }
}
