package io.patchbay.dialects.anthropic;

import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads content blocks, in pieces or whole. Kept of a block is only what must be told in one piece: thinking with its
 * signature, and the sources of a text.
 */
final class BlockReader {
    /** Blocks come one after the other; this many open ones are nonsense. */
    private static final int MOST_OPEN = 1_000;

    private final MessageFacts facts;
    private final Map<Long, Block> open = new TreeMap<>();
    private final Set<String> sources = new HashSet<>();
    private int count;
    private long textLength;

    BlockReader(MessageFacts facts) {
        this.facts = facts;
    }

    private static final class Block {
        final int number;
        final String type;
        final StringBuilder thinking = new StringBuilder(0);
        final StringBuilder signature = new StringBuilder(0);
        final List<JsonValue> citations = new ArrayList<>(0);
        long textFrom;
        int call;
        boolean argued;
        JsonValue input = JsonObject.EMPTY;

        Block(int number, String type) {
            this.number = number;
            this.type = type;
        }
    }

    /** Forgets what is open: the answer begins anew. */
    void clear() {
        open.clear();
    }

    /** A block begins, or is given whole. */
    void begin(long index, JsonValue content, Consumer<ChatEvent> out) {
        Block before = open.remove(index);
        if (before != null) {
            complete(before, out);
        }
        Block block = open(index, content.string("type", ""));
        switch (block.type) {
            case "text" -> {
                text(content.string("text", ""), out);
                block.citations.addAll(content.elements("citations"));
            }
            case "thinking" -> {
                think(block, content.string("thinking", ""), out);
                block.signature.append(content.string("signature", ""));
            }
            case "redacted_thinking" -> redacted(block, content.string("data", ""), out);
            case "tool_use" -> call(block, content, out);
            case "web_search_tool_result" -> found(content.elements("content"), out);
            default -> {}
        }
    }

    private Block open(long index, String type) {
        Block block = new Block(count++, type);
        block.textFrom = textLength;
        if (open.size() < MOST_OPEN) {
            open.put(index, block);
        } else {
            facts.malformed("the upstream began blocks without ending them");
        }
        return block;
    }

    /** A piece of a block comes; some servers leave out that a text or a thought begins. */
    void piece(long index, JsonValue delta, Consumer<ChatEvent> out) {
        String type = delta.string("type", "");
        Block block = open.get(index);
        if (block == null) {
            String kind = type.equals("text_delta") ? "text" : type.equals("thinking_delta") ? "thinking" : "";
            if (kind.isEmpty()) {
                return;
            }
            block = open(index, kind);
        }
        switch (type) {
            case "text_delta" -> text(delta.string("text", ""), out);
            case "thinking_delta" -> think(block, delta.string("thinking", ""), out);
            case "signature_delta" -> block.signature.append(delta.string("signature", ""));
            case "input_json_delta" -> argue(block, delta.string("partial_json", ""), out);
            case "citations_delta" -> {
                JsonValue citation = delta.get("citation");
                if (citation != null) {
                    block.citations.add(citation);
                }
            }
            default -> {}
        }
    }

    private void text(String text, Consumer<ChatEvent> out) {
        if (!text.isEmpty()) {
            facts.said(text);
            textLength += text.codePointCount(0, text.length());
            out.accept(new ChatEvent.Text(text));
        }
    }

    private void think(Block block, String text, Consumer<ChatEvent> out) {
        if (!text.isEmpty()) {
            facts.said(text);
            block.thinking.append(text);
            out.accept(new ChatEvent.Reasoning(text));
        }
    }

    private void redacted(Block block, String data, Consumer<ChatEvent> out) {
        if (!data.isEmpty()) {
            facts.sawContent();
            out.accept(new ChatEvent.Extra(0, ReasoningDetails.redacted(data, facts.upstreamModel(), block.number)));
        }
    }

    private void call(Block block, JsonValue content, Consumer<ChatEvent> out) {
        String name = content.string("name", "");
        String id = content.string("id", "");
        block.call = facts.called(name);
        JsonValue input = content.get("input");
        block.input = input == null ? JsonObject.EMPTY : input;
        out.accept(new ChatEvent.ToolCallPiece(0, block.call, id.isEmpty() ? null : id, name, ""));
    }

    private void argue(Block block, String arguments, Consumer<ChatEvent> out) {
        if (block.type.equals("tool_use") && !arguments.isEmpty()) {
            block.argued = true;
            facts.said(arguments);
            out.accept(new ChatEvent.ToolCallPiece(0, block.call, null, null, arguments));
        }
    }

    /** A block ends. */
    void end(long index, Consumer<ChatEvent> out) {
        Block block = open.remove(index);
        if (block != null) {
            complete(block, out);
        }
    }

    /** The answer ends, and with it whatever is open. */
    void endAll(Consumer<ChatEvent> out) {
        List<Block> left = List.copyOf(open.values());
        open.clear();
        left.forEach(block -> complete(block, out));
    }

    private void complete(Block block, Consumer<ChatEvent> out) {
        switch (block.type) {
            case "tool_use" -> {
                // Arguments that never came in pieces are those the block began with; none at all are an empty object.
                if (!block.argued) {
                    argue(block, block.input instanceof JsonObject ? block.input.toJson() : "{}", out);
                }
            }
            case "thinking" -> {
                if (!block.signature.isEmpty()) {
                    facts.sawContent();
                    JsonObject members = ReasoningDetails.thinking(
                            block.thinking.toString(), block.signature.toString(), facts.upstreamModel(), block.number);
                    out.accept(new ChatEvent.Extra(0, members));
                }
            }
            case "text" -> {
                List<JsonValue> annotations = new ArrayList<>();
                block.citations.forEach(citation -> annotations.add(annotation(citation, block.textFrom)));
                annotate(annotations, out);
            }
            default -> {}
        }
    }

    /** Returns a citation of the text that begins there: of a web page as other dialects have it, others as they are. */
    private JsonValue annotation(JsonValue citation, long from) {
        String url = citation.string("url");
        if (url == null) {
            return citation;
        }
        sources.add(url);
        JsonObject.Builder cited = source(url, citation.string("title"));
        return annotation(cited.put("start_index", from).put("end_index", textLength));
    }

    /** Pages that were found are told once each, whether a text cites them or not. */
    private void found(List<JsonValue> results, Consumer<ChatEvent> out) {
        List<JsonValue> annotations = new ArrayList<>();
        for (JsonValue result : results) {
            String url = result.string("url");
            if (url != null && sources.add(url)) {
                annotations.add(annotation(source(url, result.string("title"))));
            }
        }
        annotate(annotations, out);
    }

    private static JsonObject.Builder source(String url, @Nullable String title) {
        return JsonObject.builder().put("url", url).put("title", title == null ? url : title);
    }

    private static JsonObject annotation(JsonObject.Builder source) {
        return JsonObject.builder()
                .put("type", "url_citation")
                .put("url_citation", source.build())
                .build();
    }

    private void annotate(List<JsonValue> annotations, Consumer<ChatEvent> out) {
        if (!annotations.isEmpty()) {
            facts.sawContent();
            JsonObject members = JsonObject.builder()
                    .put("annotations", new JsonArray(annotations))
                    .build();
            out.accept(new ChatEvent.Extra(0, members));
        }
    }
}
