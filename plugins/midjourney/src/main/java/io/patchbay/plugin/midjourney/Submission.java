package io.patchbay.plugin.midjourney;

import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.task.TaskOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the proxy is sent for an order. */
final class Submission {
    private Submission() {}

    static String path(TaskOrder order) {
        return switch (order.action()) {
            case "UPSCALE", "VARIATION", "REROLL" -> "change";
            default -> order.action().toLowerCase(Locale.ROOT);
        };
    }

    static JsonObject body(TaskOrder order) {
        JsonObject.Builder body = JsonObject.builder();
        switch (order.action()) {
            case "IMAGINE", "SHORTEN" -> {
                body.put("prompt", order.prompt());
                if (order.model().contains("niji")) {
                    body.put("botType", "NIJI_JOURNEY");
                }
                if (!order.pictures().isEmpty()) {
                    body.put("base64Array", MidjourneyWork.pictures(order.pictures()));
                }
            }
            case "DESCRIBE" -> body.put("base64", order.pictures().getFirst());
            case "BLEND" -> {
                body.put("base64Array", MidjourneyWork.pictures(order.pictures()));
                body.put("dimensions", dimensions(order.prompt()));
            }
            case "MODAL" -> body.put("taskId", order.parent()).put("prompt", order.prompt());
            case "ACTION" -> body.put("taskId", order.parent()).put("customId", detail(order));
            default -> {
                body.put("taskId", order.parent()).put("action", order.action());
                if (!order.action().equals("REROLL")) {
                    body.put("index", Long.parseLong(detail(order)));
                }
            }
        }
        return body.putIfPresent("notifyHook", order.hook()).build();
    }

    /** Returns what is wrong with the words behind the task's id, or {@code null}. */
    static @Nullable String wrongDetail(TaskOrder order) {
        String detail = detail(order);
        return switch (order.action()) {
            case "UPSCALE", "VARIATION" ->
                detail.matches("[1-4]")
                        ? null
                        : "expected /" + order.action() + " <task> and a number from 1 to 4, found \"" + detail + "\"";
            case "ACTION" -> detail.startsWith("MJ::") ? null : "expected /ACTION <task> and the id of a button";
            default -> null;
        };
    }

    private static String detail(TaskOrder order) {
        return order.parameters().string("detail", "").strip();
    }

    private static String dimensions(String words) {
        String upper = words.toUpperCase(Locale.ROOT);
        return upper.contains("PORTRAIT") ? "PORTRAIT" : upper.contains("LANDSCAPE") ? "LANDSCAPE" : "SQUARE";
    }
}
