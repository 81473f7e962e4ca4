package io.patchbay.dialects.gemini;

import io.patchbay.dialects.gemini.GeminiFacts.Candidate;
import io.patchbay.spi.chat.ChatEvent;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a candidate's content into events. */
final class PartReader {
    private static final int ID_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final GeminiFacts facts;

    PartReader(GeminiFacts facts) {
        this.facts = facts;
    }

    void read(Candidate candidate, JsonObject part, Consumer<ChatEvent> out) {
        String signature = part.string("thoughtSignature", "");
        String text = part.string("text", "");
        if (part.get("functionCall") instanceof JsonObject call) {
            call(candidate, call, signature, out);
            return;
        }
        if (part.flag("thought", false)) {
            if (!text.isEmpty()) {
                facts.said(text);
                out.accept(new ChatEvent.Reasoning(candidate.index, text));
            }
            seal(candidate, signature.isEmpty() ? null : Signatures.thought(text, signature), out);
            return;
        }
        text(candidate, text, out);
        if (part.get("inlineData") instanceof JsonObject data) {
            media(candidate, data, out);
        }
        if (part.get("fileData") instanceof JsonObject file
                && file.string("mimeType", "").startsWith("image/")) {
            block(candidate, "![image](" + file.string("fileUri", "") + ")", out);
        }
        if (part.get("executableCode") instanceof JsonObject code) {
            String language = code.string("language", "").toLowerCase(Locale.ROOT);
            block(candidate, "```" + language + "\n" + code.string("code", "").strip() + "\n```\n", out);
        }
        if (part.get("codeExecutionResult") instanceof JsonObject result) {
            block(candidate, "```\n" + result.string("output", "").strip() + "\n```\n", out);
        }
        seal(candidate, signature.isEmpty() ? null : Signatures.sealed(signature, null), out);
    }

    private void seal(Candidate candidate, @Nullable JsonObject entry, Consumer<ChatEvent> out) {
        if (entry != null) {
            out.accept(new ChatEvent.Extra(
                    candidate.index,
                    JsonObject.builder()
                            .put("reasoning_details", new JsonArray(List.of(entry)))
                            .build()));
        }
    }

    /** A call comes whole, each in an event of its own at the first place: only their number tells them apart. */
    private void call(Candidate candidate, JsonObject call, String signature, Consumer<ChatEvent> out) {
        String name = FunctionNames.read(call.string("name", ""));
        if (name.isEmpty()) {
            return;
        }
        JsonValue args = call.get("args");
        String arguments = args == null || args.isNull() ? "{}" : args.toJson();
        String given = call.string("id", "");
        int index = candidate.calls;
        String id = given.isEmpty() ? newId(candidate.index + "/" + index, signature) : given;
        facts.called(candidate, name, arguments);
        out.accept(new ChatEvent.ToolCallPiece(candidate.index, index, id, name, arguments));
        seal(candidate, signature.isEmpty() ? null : Signatures.sealed(signature, id), out);
    }

    /** Made of what marks this very answer, so that the same answer read twice says the same; else by chance. */
    private String newId(String place, String signature) {
        String mark = facts.upstreamId() == null ? signature : facts.upstreamId();
        byte[] bytes = new byte[ID_BYTES];
        if (mark.isEmpty()) {
            RANDOM.nextBytes(bytes);
        } else {
            bytes = Arrays.copyOf(digest(mark + "/" + place), ID_BYTES);
        }
        return "call_" + HexFormat.of().formatHex(bytes);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void text(Candidate candidate, String text, Consumer<ChatEvent> out) {
        if (!text.isEmpty()) {
            candidate.texted = true;
            facts.said(text);
            out.accept(new ChatEvent.Text(candidate.index, text));
        }
    }

    /** Says something that stands by itself, apart from text before it. */
    private void block(Candidate candidate, String text, Consumer<ChatEvent> out) {
        String apart = candidate.texted ? "\n\n" + text : text;
        candidate.texted = true;
        facts.sawContent();
        out.accept(new ChatEvent.Text(candidate.index, apart));
    }

    /** A picture is said as Markdown, the form every client shows; other media are members of the message. */
    private void media(Candidate candidate, JsonObject data, Consumer<ChatEvent> out) {
        String type = data.string("mimeType", "image/png");
        String base64 = data.string("data", "");
        if (base64.isEmpty()) {
            return;
        }
        if (type.startsWith("image/")) {
            block(candidate, "![image](data:" + type + ";base64," + base64 + ")", out);
            return;
        }
        facts.sawContent();
        JsonObject audio =
                JsonObject.builder().put("data", base64).put("mime_type", type).build();
        out.accept(new ChatEvent.Extra(
                candidate.index, JsonObject.builder().put("audio", audio).build()));
    }
}
