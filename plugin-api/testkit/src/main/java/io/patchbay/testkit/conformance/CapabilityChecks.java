package io.patchbay.testkit.conformance;

import io.patchbay.spi.Balance;
import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.chat.ChatMessage;
import io.patchbay.spi.chat.ChatRequest;
import io.patchbay.spi.chat.ContentPart;
import io.patchbay.spi.json.JsonString;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.SentRequest;
import io.patchbay.testkit.host.TestBlob;
import io.patchbay.testkit.host.TestCalls;
import io.patchbay.testkit.host.TestChannel;
import io.patchbay.testkit.host.TestChatCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** That what is claimed works, and that what is not claimed is refused before anything is sent. */
final class CapabilityChecks {
    private final Subject subject;

    private CapabilityChecks(Subject subject) {
        this.subject = subject;
    }

    static List<Check> of(Subject subject) {
        CapabilityChecks all = new CapabilityChecks(subject);
        List<Check> checks = new ArrayList<>();
        for (Capability claimed : subject.claimed()) {
            checks.add(
                    new Check("capability " + claimed.id(), "is claimed and shown to work", () -> all.shown(claimed)));
        }
        all.operations().forEach((capability, opening) -> {
            if (!subject.claimed().contains(capability)) {
                checks.add(new Check(
                        "capability " + capability.id(), "is not claimed and refused", () -> all.refused(opening)));
            }
        });
        if (!subject.claimed().contains(Capability.TASKS)) {
            checks.add(new Check("capability tasks", "is not claimed and not done", () -> TaskChecks.none(subject)));
        }
        checks.add(new Check("capabilities", "fixtures show nothing that is not claimed", all::nothingElse));
        return checks;
    }

    private interface Operation {
        Flow<?> open(ChannelType type, TestChannel channel);
    }

    private Map<Capability, Operation> operations() {
        String model = "{\"model\":" + new JsonString(subject.model()).toJson();
        TestBlob picture = TestBlob.of("a.png", "image/png", "picture");
        TestBlob audio = TestBlob.of("a.mp3", "audio/mpeg", "audio");
        Map<Capability, Operation> all = new LinkedHashMap<>();
        all.put(Capability.CHAT, (type, channel) -> type.chat(TestChatCall.asking(subject.model(), "Hi"), channel));
        all.put(
                Capability.EMBEDDINGS,
                (type, channel) -> type.embed(TestCalls.embedding(model + ",\"input\":\"a\"}"), channel));
        all.put(
                Capability.IMAGES,
                (type, channel) -> type.images(TestCalls.image(model + ",\"prompt\":\"a\"}"), channel));
        all.put(
                Capability.IMAGE_EDITS,
                (type, channel) -> type.images(
                        TestCalls.imageEdit(model + ",\"prompt\":\"a\"}", List.of(picture), null), channel));
        all.put(
                Capability.SPEECH,
                (type, channel) -> type.speech(TestCalls.speech(model + ",\"input\":\"a\",\"voice\":\"b\"}"), channel));
        all.put(
                Capability.TRANSCRIPTION,
                (type, channel) -> type.transcribe(TestCalls.transcription(model + "}", audio, false), channel));
        all.put(
                Capability.MODERATION,
                (type, channel) -> type.moderate(TestCalls.moderation(model + ",\"input\":\"a\"}"), channel));
        all.put(
                Capability.RERANK,
                (type, channel) ->
                        type.rerank(TestCalls.rerank(model + ",\"query\":\"a\",\"documents\":[\"b\"]}"), channel));
        all.put(Capability.MODEL_LIST, ChannelType::models);
        all.put(Capability.BALANCE, ChannelType::balance);
        return all;
    }

    private void refused(Operation operation) {
        FlowRun<Object> run = start(operation).toEnd();
        Fault fault = run.fault();
        Expect.that(run.sent().isEmpty(), "something was sent: " + run.sent());
        Expect.that(
                fault != null && fault.kind() == FaultKind.UNSUPPORTED, "expected a fault UNSUPPORTED, found " + run);
    }

    @SuppressWarnings("unchecked")
    private FlowRun<Object> start(Operation operation) {
        return FlowDriver.silent().start(() -> (Flow<Object>) operation.open(subject.type(), subject.channel()), false);
    }

    private void shown(Capability capability) {
        List<Fixture> showing = subject.fixtures().stream()
                .filter(fixture -> fixture.shows().contains(capability) && !fixture.fails())
                .toList();
        Expect.that(!showing.isEmpty(), "no fixture shows it");
        for (Fixture fixture : showing) {
            Expect.at("fixture " + fixture.name(), () -> works(capability, fixture));
        }
    }

    private void works(Capability capability, Fixture fixture) {
        Play play = new Play(subject, fixture);
        FlowRun<Object> run = play.recorded();
        if (capability.equals(Capability.BALANCE)) {
            Expect.that(run.events().stream().anyMatch(Balance.class::isInstance), "no balance was told");
        }
        String body = fixture.chatBody();
        if (body == null) {
            return;
        }
        ChatRequest request = TestChatCall.of(body).request();
        ChatSummary.Choice first = ChatSummary.of(run.events()).first();
        int choices = ChatSummary.of(run.events()).choices().size();
        switch (capability.id()) {
            case "tools" -> {
                Expect.that(!first.calls().isEmpty(), "no tool was called");
                Expect.that(!request.tools().isEmpty(), "the request has no tools");
                request.tools().forEach(tool -> sent(run, tool.name(), "the tool " + tool.name()));
            }
            case "parallel-tools" -> Expect.that(first.calls().size() > 1, "fewer than two tools were called");
            case "vision" -> {
                List<String> pictures = pictures(request);
                Expect.that(!pictures.isEmpty(), "the request has no picture");
                // Vendors take the base64 of a data URL by itself.
                pictures.forEach(picture -> sent(run, picture.substring(picture.indexOf(',') + 1), "a picture"));
            }
            case "reasoning" -> Expect.that(!first.reasoning().isEmpty(), "no reasoning came");
            case "several-choices" -> Expect.that(choices > 1, "there are " + choices + " choices");
            default -> {}
        }
    }

    private static List<String> pictures(ChatRequest request) {
        List<String> pictures = new ArrayList<>();
        for (ChatMessage message : request.messages()) {
            for (ContentPart part : message.parts()) {
                ContentPart.Image image = part.image();
                String url = image == null ? null : image.url();
                if (url != null) {
                    pictures.add(url);
                }
            }
        }
        return pictures;
    }

    private static void sent(FlowRun<Object> run, String text, String what) {
        // A type that makes its answers up has no upstream that anything could reach.
        boolean reached = run.sent().isEmpty()
                || run.sent().stream().anyMatch((SentRequest request) -> request.mentions(text))
                || run.said().stream().anyMatch(message -> message.contains(text));
        Expect.that(reached, what + " did not reach the upstream");
    }

    private void nothingElse() {
        for (Fixture fixture : subject.fixtures()) {
            for (Capability shown : fixture.shows()) {
                Expect.that(
                        subject.claimed().contains(shown),
                        "fixture " + fixture.name() + " shows " + shown.id() + ", which is not claimed");
            }
        }
    }
}
