package io.patchbay.testkit.conformance;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskRef;
import io.patchbay.testkit.host.ChatSummary;
import io.patchbay.testkit.host.FlowDriver;
import io.patchbay.testkit.host.FlowRun;
import io.patchbay.testkit.host.Reply;
import io.patchbay.testkit.host.TestChatCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A recorded conversation: a call, what the upstream answers, and what must come of it. Immutable; each method returns
 * a changed fixture. The kit plays it in every way the network may deliver it.
 */
public final class Fixture {
    private final String name;
    private final Opening opening;
    private final @Nullable String chatBody;
    private final @Nullable String taskBody;
    private final FlowDriver.Upstream upstream;
    private final Set<Capability> shows;
    private final List<Consumer<FlowRun<?>>> expectations;
    private final boolean fails;
    private final boolean endsByClosing;

    private Fixture(
            String name,
            Opening opening,
            @Nullable String chatBody,
            @Nullable String taskBody,
            FlowDriver.Upstream upstream,
            Set<Capability> shows,
            List<Consumer<FlowRun<?>>> expectations,
            boolean fails,
            boolean endsByClosing) {
        this.name = name;
        this.opening = opening;
        this.chatBody = chatBody;
        this.taskBody = taskBody;
        this.upstream = upstream;
        this.shows = shows;
        this.expectations = expectations;
        this.fails = fails;
        this.endsByClosing = endsByClosing;
    }

    /** Makes the flow to be played. */
    @FunctionalInterface
    public interface Opening {
        /** Returns a new flow. */
        Flow<?> open(ChannelType type, ChannelView channel);
    }

    /**
     * Returns a fixture of a chat whose upstream answers 404 until it is told otherwise.
     *
     * @param body the client's body in the OpenAI chat form
     */
    public static Fixture chat(String name, String body) {
        return new Fixture(
                name,
                (type, channel) -> type.chat(TestChatCall.of(body), channel),
                body,
                null,
                (request, index) -> Reply.json(404, "{}"),
                Set.of(Capability.CHAT),
                List.of(),
                false,
                false);
    }

    /** Returns a fixture of another flow, for example {@code (type, channel) -> type.models(channel)}. */
    public static Fixture of(String name, Opening opening) {
        return new Fixture(
                name,
                opening,
                null,
                null,
                (request, index) -> Reply.json(404, "{}"),
                Set.of(),
                List.of(),
                false,
                false);
    }

    /**
     * Returns a fixture of a chat that is handed in as a task: its order is made and submitted as the host does it.
     *
     * @param body the client's body in the OpenAI chat form
     */
    public static Fixture task(String name, String body) {
        return new Fixture(
                name,
                (type, channel) -> TaskChecks.submit(type, channel, body),
                null,
                body,
                (request, index) -> Reply.json(404, "{}"),
                Set.of(Capability.TASKS),
                List.of(),
                false,
                false);
    }

    /** Returns a fixture of a question how a task stands. */
    public static Fixture taskCheck(String name, TaskRef task) {
        return of(name, (type, channel) -> TaskChecks.work(type).check(task, channel))
                .shows(Capability.TASKS);
    }

    /** Returns a fixture of a product that is fetched with the channel's key. */
    public static Fixture taskContent(String name, TaskRef task, Artifact product) {
        return of(name, (type, channel) -> TaskChecks.content(type, channel, task, product))
                .shows(Capability.TASKS);
    }

    /** Has the upstream give these answers in order, the last one again and again. */
    public Fixture replies(Reply... replies) {
        List<Reply> all = List.copyOf(Arrays.asList(replies));
        return upstream((request, index) -> all.get(Math.min(index, all.size() - 1)));
    }

    /** Has the upstream answer by that function. */
    public Fixture upstream(FlowDriver.Upstream value) {
        return new Fixture(name, opening, chatBody, taskBody, value, shows, expectations, fails, endsByClosing);
    }

    /**
     * Has the upstream answer 200 with a transcript from the class path: as server-sent events when its name ends in
     * {@code .sse}, else as JSON.
     *
     * @param path as for {@link Class#getResourceAsStream}
     */
    public Fixture transcript(Class<?> beside, String path) {
        byte[] body = resource(beside, path);
        return replies(path.endsWith(".sse") ? Reply.events(body) : Reply.of(200, "application/json", body));
    }

    /** Says what else this fixture shows to work; a chat always shows {@link Capability#CHAT}, a task {@code TASKS}. */
    public Fixture shows(Capability... capabilities) {
        Set<Capability> all = new LinkedHashSet<>(shows);
        all.addAll(Arrays.asList(capabilities));
        return new Fixture(
                name, opening, chatBody, taskBody, upstream, Set.copyOf(all), expectations, fails, endsByClosing);
    }

    /** Demands anything else of the run; must hold however the body is cut. */
    public Fixture expect(Consumer<FlowRun<?>> expectation) {
        List<Consumer<FlowRun<?>>> all = new ArrayList<>(expectations);
        all.add(expectation);
        return new Fixture(name, opening, chatBody, taskBody, upstream, shows, List.copyOf(all), fails, endsByClosing);
    }

    /** Demands that text of the first choice. */
    public Fixture expectText(String text) {
        return expectChat(chat -> Expect.same("text", text, chat.first().text()));
    }

    /** Demands that reasoning of the first choice. */
    public Fixture expectReasoning(String text) {
        return expectChat(chat -> Expect.same("reasoning", text, chat.first().reasoning()));
    }

    /** Demands that finish reason of the first choice. */
    public Fixture expectFinish(String reason) {
        return expectChat(
                chat -> Expect.same("finish reason", reason, chat.first().finish()));
    }

    /** Demands that usage. */
    public Fixture expectUsage(long input, long output) {
        return expectChat(chat -> {
            ChatSummary.Tokens usage = chat.usage();
            Expect.that(usage != null, "no usage was told");
            if (usage != null) {
                Expect.same("input tokens", input, usage.input());
                Expect.same("output tokens", output, usage.output());
            }
        });
    }

    /** Demands these tool calls of the first choice, as name and arguments by turns. */
    public Fixture expectCalls(String... namesAndArguments) {
        return expectChat(chat -> {
            List<String> found = new ArrayList<>();
            chat.first().calls().forEach(call -> {
                found.add(call.name());
                found.add(call.arguments());
            });
            Expect.same("tool calls", List.of(namesAndArguments), found);
        });
    }

    /** Demands that the run fails for that reason. */
    public Fixture expectFault(FaultKind kind) {
        Fixture failing =
                new Fixture(name, opening, chatBody, taskBody, upstream, shows, expectations, true, endsByClosing);
        return failing.expect(run -> {
            Fault fault = run.fault();
            Expect.that(fault != null && fault.kind() == kind, "expected a fault " + kind + ", found " + run);
        });
    }

    /**
     * Says that the vendor marks the end of an answer by nothing but closing the socket in order, so that nobody can tell an
     * answer that was closed early from a complete one. A lost connection must be noticed all the same, and so must a
     * socket that is closed before anything was said.
     */
    public Fixture endsByClosing() {
        return new Fixture(name, opening, chatBody, taskBody, upstream, shows, expectations, fails, true);
    }

    private Fixture expectChat(Consumer<ChatSummary> expectation) {
        return expect(run -> expectation.accept(ChatSummary.of(run.events())));
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns what it shows to work. */
    public Set<Capability> shows() {
        return shows;
    }

    boolean isChat() {
        return chatBody != null;
    }

    boolean fails() {
        return fails;
    }

    boolean isEndedByClosing() {
        return endsByClosing;
    }

    /** Returns the client's body of a chat, or {@code null}. */
    @Nullable
    String chatBody() {
        return chatBody;
    }

    /** Returns the client's body of a chat that is a task, or {@code null}. */
    @Nullable
    String taskBody() {
        return taskBody;
    }

    FlowDriver.Upstream upstream() {
        return upstream;
    }

    Fixture opening(Opening other) {
        return new Fixture(name, other, chatBody, taskBody, upstream, shows, expectations, fails, endsByClosing);
    }

    /** Prepares a run. */
    @SuppressWarnings("unchecked")
    FlowRun<Object> start(FlowDriver driver, ChannelType type, ChannelView channel) {
        return driver.start(() -> (Flow<Object>) opening.open(type, channel), isChat());
    }

    /** Demands what every run of this fixture must come to. */
    void verify(FlowRun<?> run) {
        Expect.that(run.mistakes().isEmpty(), "rules were broken: " + run.mistakes());
        if (!fails) {
            Expect.that(
                    run.ending() == FlowRun.Ending.DONE || run.ending() == FlowRun.Ending.PASSED,
                    "expected a run that ends well, found " + run);
        }
        expectations.forEach(expectation -> expectation.accept(run));
    }

    private static byte[] resource(Class<?> beside, String path) {
        try (InputStream in = beside.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource \"" + path + "\" beside " + beside.getName());
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
