package io.patchbay.relay.call;

import io.patchbay.relay.task.Task;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskButton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * A finished task as the text of a chat answer: pictures, films and links in Markdown, then the buttons as links to a host
 * that does not exist, which chat pages show as buttons and send back as the next message.
 */
final class TaskText {
    /** The host of virtual links; chat pages match exactly this. */
    static final String VIRTUAL = "https://chatnio.virtual/";

    /** What chat pages show in the text, and do not only link to. */
    private static final Set<String> SHOWN = Set.of("image", "video");

    private TaskText() {}

    /** Returns everything a finished task has to show; empty when it has nothing. */
    static String of(Task task) {
        StringJoiner text = new StringJoiner("\n\n");
        for (Artifact artifact : shown(task)) {
            text.add(link(artifact));
        }
        String words = task.state().text();
        if (words != null) {
            text.add(words);
        }
        rows(task.state().buttons())
                .values()
                .forEach(row -> text.add(line(row, task.origin().publicModel())));
        return text.toString();
    }

    /** Previews count only when there is nothing else. */
    private static List<Artifact> shown(Task task) {
        List<Artifact> all = task.state().artifacts();
        List<Artifact> products =
                all.stream().filter(artifact -> !artifact.preview()).toList();
        return products.isEmpty() ? all : products;
    }

    private static String link(Artifact artifact) {
        String kind = label(artifact.kind());
        return (SHOWN.contains(artifact.kind()) ? "!" : "") + "[" + kind + "](" + Markdown.target(artifact.url()) + ")";
    }

    private static Map<Integer, List<TaskButton>> rows(List<TaskButton> buttons) {
        Map<Integer, List<TaskButton>> rows = new TreeMap<>();
        buttons.forEach(button ->
                rows.computeIfAbsent(button.row(), row -> new ArrayList<>()).add(button));
        return rows;
    }

    private static String line(List<TaskButton> row, String model) {
        StringJoiner line = new StringJoiner(" ");
        for (TaskButton button : row) {
            line.add("[" + label(button.label()) + "](" + VIRTUAL + command(button.command()) + "::"
                    + Markdown.target(model) + ")");
        }
        return line.toString();
    }

    /** Also colons are encoded, so that the last {@code ::} is the one before the model. */
    private static String command(String command) {
        String bare = command.startsWith("/") ? command.substring(1) : command;
        return URLEncoder.encode(bare, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Markdown would end a link's words at a bracket. */
    private static String label(String words) {
        return words.replaceAll("\\s+", " ")
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]");
    }

    /** Returns the same as data, for pages that need not read text. */
    static JsonObject members(Task task) {
        List<JsonValue> buttons = new ArrayList<>();
        for (TaskButton button : task.state().buttons()) {
            buttons.add(JsonObject.builder()
                    .put("label", button.label())
                    .put("command", button.command())
                    .put("model", task.origin().publicModel())
                    .build());
        }
        List<JsonValue> artifacts = new ArrayList<>();
        for (Artifact artifact : shown(task)) {
            artifacts.add(JsonObject.builder()
                    .put("kind", artifact.kind())
                    .put("url", artifact.url())
                    .build());
        }
        JsonObject told = JsonObject.builder()
                .put("id", task.id())
                .put("action", task.origin().action())
                .put("buttons", new JsonArray(buttons))
                .put("artifacts", new JsonArray(artifacts))
                .build();
        return JsonObject.builder().put("task", told).build();
    }
}
