package io.patchbay.plugin.dify;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.BaseAddress;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.JsonReader;
import io.patchbay.toolkit.ThinkTags;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the events of an app, and the one object of its blocking mode. */
final class DifyReader extends JsonReader {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Set<String> FORGOTTEN =
            Set.of("not_found", "conversation_not_exists", "conversation_completed");

    private final Turn<ChatEvent> turn;
    private final App app;
    private final String endpoint;
    private final Function<String, HttpRequest.Builder> stop;
    private final Consumer<@Nullable String> remember;
    private final ChatWriter writer;
    private final ThinkTags tags;
    private final StringBuilder said = new StringBuilder();
    private final Set<String> thoughts = new HashSet<>();
    private @Nullable Supplier<Next> again;
    private @Nullable String conversation;
    private boolean begun;
    private boolean agent;
    private boolean replaced;
    private boolean messageEnded;
    private boolean workflow;
    private boolean workflowEnded;

    /**
     * Creates a reader for one answer.
     *
     * @param endpoint what relative addresses of files are relative to
     * @param stop makes the request that stops a task
     * @param remember gets the app's conversation when the answer is complete
     */
    DifyReader(
            Turn<ChatEvent> turn,
            App app,
            String endpoint,
            Function<String, HttpRequest.Builder> stop,
            Consumer<@Nullable String> remember) {
        this.turn = turn;
        this.app = app;
        this.endpoint = endpoint;
        this.stop = stop;
        this.remember = remember;
        this.writer = new ChatWriter(turn);
        this.tags = new ThinkTags(writer);
    }

    /** Asks that way when the app no longer knows the conversation. */
    DifyReader orElse(Supplier<Next> other) {
        this.again = other;
        return this;
    }

    @Override
    protected Next frame(String event, JsonObject frame) {
        begin(frame);
        switch (frame.string("event", "")) {
            case "message" -> message(frame.string("answer", ""));
            case "agent_message" -> {
                agent = true;
                say(frame.string("answer", ""));
            }
            case "text_chunk" -> say(text(frame, "text"));
            case "reasoning_chunk" -> writer.reasoning(text(frame, "reasoning"));
            case "agent_thought" -> thought(frame);
            case "message_file" -> file(frame);
            case "message_replace" -> replace(frame.string("answer", ""));
            case "message_end" -> {
                used(frame.at("metadata", "usage"));
                messageEnded = true;
                // A chatflow may go on to tell how its workflow ended.
                return workflow && !workflowEnded ? Next.more() : finish();
            }
            case "workflow_started" -> workflow = true;
            case "workflow_finished" -> {
                return workflowFinished(frame);
            }
            case "workflow_paused", "human_input_required" -> {
                return Next.fail(Fault.of(
                        FaultKind.NO_ACCESS, "the app waits for somebody's input, which a chat cannot give it"));
            }
            case "error" -> {
                return failed(FaultReader.inBand(frame));
            }
            default -> {
                // Sounds, nodes, loops, logs and pings are no part of the answer.
            }
        }
        return Next.more();
    }

    @Override
    public Next end() {
        return messageEnded || workflowEnded ? finish() : super.end();
    }

    @Override
    public Next refused(Answer answer) {
        return failed(answer.fault());
    }

    @Override
    public Next unframed(Answer answer) {
        JsonValue body = answer.json();
        if (body == null) {
            return Next.fail(answer.fault());
        }
        if (body.at("data", "status") != null) {
            begin(body.asObject());
            return workflowFinished(body.asObject());
        }
        String text = body.string("answer");
        if (text == null) {
            return failed(answer.fault());
        }
        begin(body.asObject());
        say(text);
        used(body.at("metadata", "usage"));
        return finish();
    }

    private Next failed(Fault fault) {
        Supplier<Next> other = again;
        boolean forgotten = fault.vendorCode() != null && FORGOTTEN.contains(fault.vendorCode());
        return forgotten && other != null && said.isEmpty() ? other.get() : Next.fail(fault);
    }

    /** The first event that names the task is when the app can be stopped: it goes on and costs after a client left. */
    private void begin(JsonObject frame) {
        String known = frame.string("conversation_id");
        conversation = known == null || known.isEmpty() ? conversation : known;
        String task = frame.string("task_id");
        String id = frame.string("message_id", frame.string("workflow_run_id", ""));
        if (begun || task == null && id.isEmpty()) {
            return;
        }
        begun = true;
        writer.started(id.isEmpty() ? task : id, null);
        if (task != null && ID.matcher(task).matches()) {
            turn.farewell(stop.apply(task).build());
        }
    }

    /** Newer agents close with one message that says everything again. */
    private void message(String answer) {
        if (!agent) {
            say(answer);
        } else if (answer.startsWith(said.toString())) {
            say(answer.substring(said.length()));
        }
    }

    private void say(String text) {
        if (!replaced) {
            said.append(text);
            tags.text(text);
        }
    }

    private static String text(JsonObject frame, String member) {
        JsonValue text = frame.at("data", member);
        return text == null || text.string() == null ? "" : text.string();
    }

    /** What an agent thinks between its tools; often it was said aloud already. */
    private void thought(JsonObject frame) {
        String thought = frame.string("thought", "");
        if (!frame.string("tool", "").isEmpty() && said.indexOf(thought) < 0 && thoughts.add(thought)) {
            writer.reasoning(thought + "\n");
        }
    }

    private void file(JsonObject frame) {
        String url = frame.string("url", "");
        String address = url.startsWith("/") ? BaseAddress.origin(endpoint) + url : url;
        if (address.startsWith("http") && !frame.string("belongs_to", "").equals("user")) {
            say("\n\n" + (frame.string("type", "").equals("image") ? "!" : "") + "[file](" + address + ")\n\n");
        }
    }

    /** Moderation put other words in place of all that was said; a client can only be told that they follow. */
    private void replace(String answer) {
        say(said.isEmpty() ? answer : "\n\n" + answer);
        tags.end();
        writer.finish("content_filter");
        replaced = true;
    }

    private Next workflowFinished(JsonObject frame) {
        workflowEnded = true;
        JsonValue told = frame.get("data");
        JsonObject data = told == null ? JsonObject.EMPTY : told.asObject();
        String status = data.string("status", "");
        if (status.equals("failed") || status.equals("stopped")) {
            return Next.fail(Fault.of(FaultKind.UPSTREAM, data.string("error", "the app's workflow was " + status)));
        }
        if (app == App.WORKFLOW) {
            if (said.isEmpty() && data.get("outputs") != null) {
                say(output(data.get("outputs").asObject()));
            }
            // The total is all Dify tells of a workflow.
            long total = data.longValue("total_tokens", 0);
            writer.used(total > 0 ? Usage.of(0, total) : null);
            return finish();
        }
        return messageEnded ? finish() : Next.more();
    }

    private static String output(JsonObject outputs) {
        for (JsonValue value : outputs.members().values()) {
            if (value.string() != null) {
                return value.string();
            }
        }
        return outputs.isEmpty() ? "" : outputs.toJson();
    }

    private void used(@Nullable JsonValue usage) {
        if (usage == null || usage.longValue("total_tokens", 0) <= 0) {
            return;
        }
        long input = usage.longValue("prompt_tokens", 0);
        long output = usage.longValue("completion_tokens", usage.longValue("total_tokens", 0) - input);
        writer.used(Usage.builder()
                .input(input)
                .output(output)
                .raw(usage.asObject())
                .build());
    }

    private Next finish() {
        tags.end();
        remember.accept(conversation);
        turn.farewell(null);
        return writer.done();
    }
}
