package io.patchbay.plugin.sandbox;

import io.patchbay.spi.Flow;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.Usage;
import io.patchbay.spi.chat.ChatEvent;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/** Gives a canned answer word by word. */
final class CannedChat implements Flow<ChatEvent> {
    private final Model model;
    private final Prompt prompt;
    private final Duration pace;

    CannedChat(Model model, Prompt prompt, Duration pace) {
        this.model = model;
        this.prompt = prompt;
        this.pace = pace;
    }

    @Override
    public Next begin(Turn<ChatEvent> turn) {
        turn.emit(new ChatEvent.Started("sandbox-" + hex(turn), model.id()));
        Prompt.Tool tool = prompt.tool();
        if (model == Model.TOOLS && tool != null && prompt.toolAnswer() == null) {
            return call(turn, tool);
        }
        List<String> words = Words.of(Answers.text(model, prompt));
        boolean cut = words.size() > prompt.mostWords();
        return say(turn, cut ? words.subList(0, (int) prompt.mostWords()) : words, 0, cut ? "length" : "stop");
    }

    private Next call(Turn<ChatEvent> turn, Prompt.Tool tool) {
        String arguments = tool.arguments().toJson();
        turn.emit(new ChatEvent.ToolCallPiece(0, 0, "call_" + hex(turn), tool.name(), ""));
        return pause(() -> {
            turn.emit(new ChatEvent.ToolCallPiece(0, 0, null, null, arguments));
            return finish(turn, "tool_calls", 1);
        });
    }

    private Next say(Turn<ChatEvent> turn, List<String> words, int at, String reason) {
        if (pace.isZero()) {
            words.subList(at, words.size()).forEach(word -> turn.emit(new ChatEvent.Text(word)));
            return finish(turn, reason, words.size());
        }
        turn.emit(new ChatEvent.Text(words.get(at)));
        int next = at + 1;
        return pause(() -> next < words.size() ? say(turn, words, next, reason) : finish(turn, reason, words.size()));
    }

    private Next pause(Supplier<Next> then) {
        return pace.isZero() ? then.get() : Next.pause(pace, then);
    }

    private Next finish(Turn<ChatEvent> turn, String reason, int words) {
        turn.emit(new ChatEvent.Finish(reason));
        turn.emit(new ChatEvent.Used(Usage.of(prompt.words(), words)));
        return Next.done();
    }

    private static String hex(Turn<ChatEvent> turn) {
        return HexFormat.of().formatHex(turn.random(12));
    }
}
