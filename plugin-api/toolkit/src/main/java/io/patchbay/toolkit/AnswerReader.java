package io.patchbay.toolkit;

import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatEvent;

/**
 * Reads a chat's answer from a stream without an end marker: it is complete where the body ends after the vendor said
 * why the answer ends. One object serves one run.
 */
public abstract class AnswerReader extends JsonReader {
    private final ChatWriter writer;

    /** Creates a reader of an answer that has not begun. */
    protected AnswerReader(Turn<ChatEvent> turn) {
        this.writer = new ChatWriter(turn);
    }

    /** Returns what the answer is told to. */
    protected final ChatWriter writer() {
        return writer;
    }

    @Override
    public Next end() {
        return writer.isFinished() ? writer.done() : super.end();
    }
}
