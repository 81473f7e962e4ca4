package io.patchbay.plugin.bing;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Next;
import io.patchbay.spi.Turn;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.toolkit.ChatWriter;
import io.patchbay.toolkit.JsonSocketReader;
import java.util.Locale;

/** Sends the prompt and reads fragments of text until the bridge says that it was the last, or closes. One object a run. */
final class BridgeReader extends JsonSocketReader {
    private static final String TROUBLE = "bing error:";

    private final ChatWriter out;
    private boolean heard;
    private boolean said;
    private boolean tellsEnd;

    BridgeReader(Turn<ChatEvent> turn, JsonObject question) {
        super(question);
        this.out = new ChatWriter(turn);
    }

    @Override
    protected Next message(JsonObject message) {
        String text = message.string("response");
        if (text == null) {
            return Next.fail(Fault.of(FaultKind.UPSTREAM, "the bridge sent a message without a response"));
        }
        heard = true;
        tellsEnd |= message.get("end") != null;
        // Its own failures come as words, told apart by how they begin only.
        if (!said && text.strip().toLowerCase(Locale.ROOT).startsWith(TROUBLE)) {
            boolean spent = text.toLowerCase(Locale.ROOT).contains("limit");
            return Next.fail(Fault.of(spent ? FaultKind.QUOTA : FaultKind.UPSTREAM, text.strip()));
        }
        said |= !text.isEmpty();
        out.started(null, null).text(text);
        return message.flag("end", false) ? ended() : Next.more();
    }

    /** Older bridges mark their last word by the close alone; a close before any word is how a wrong secret is refused. */
    @Override
    public Next closed(int code, String reason) {
        if (!heard && code == 1000) {
            return Next.fail(
                    Fault.of(FaultKind.KEY_DEAD, "the bridge closed at once, which is how it refuses a wrong secret"));
        }
        return code == 1000 && said && !tellsEnd ? ended() : super.closed(code, reason);
    }

    private Next ended() {
        return said
                ? out.done()
                : Next.fail(Fault.of(FaultKind.UPSTREAM, "the bridge ended its answer without a word"));
    }
}
