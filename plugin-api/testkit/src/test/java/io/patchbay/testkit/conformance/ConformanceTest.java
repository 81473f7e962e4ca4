package io.patchbay.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.Capability;
import io.patchbay.spi.ChannelType;
import io.patchbay.testkit.host.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The kit itself: good plugins pass, and every bad one is caught for what it does. {@link SpeakingToyConformanceTest} is
 * the other good one.
 */
final class ConformanceTest {
    private static List<String> problems(Subject subject) {
        return Conformance.problems(subject).stream()
                .map(problem -> problem.check() + " ⇒ " + problem.why())
                .toList();
    }

    private static List<String> problems(ChannelType type) {
        return problems(ToyParts.subject(type));
    }

    private static void caught(ChannelType type, String check, String why) {
        assertThat(problems(type))
                .anySatisfy(problem -> assertThat(problem).contains(check).contains(why));
    }

    @Test
    void aPluginWithItsOwnLanguagePasses() {
        assertThat(problems(new ReadingToy())).isEmpty();
    }

    @Test
    void keptBytesAreCaught() {
        caught(new BadToys.KeepsBytes(), "fixture text: comes out as recorded", "as recorded");
    }

    @Test
    void stateInStaticsIsCaughtByReadingAndByRunning() {
        caught(new BadToys.StaticState(), "classes:", "turn is a static field that can change");
        caught(new BadToys.StaticState(), "two calls of two channels, step by step in turn", "of two calls");
        caught(new BadToys.SharedCache(), "classes:", "keeps a java.util.concurrent.ConcurrentHashMap");
        caught(new BadToys.Remembers(), "classes:", "calls is a field of a channel type that can change");
        caught(new BadToys.Remembers(), "classes:", "keeps a java.util.HashMap");
        caught(new BadToys.SharedCache(), "two calls of two channels", "carries a secret of another channel");
    }

    @Test
    void swallowedTruncationIsCaught() {
        caught(
                new BadToys.SwallowsTruncation(),
                "ending early at every byte is noticed",
                "a truncated answer was taken for a complete one");
    }

    @Test
    void threadsAndClocksAreCaught() {
        caught(new BadToys.StartsThread(), "classes:", "uses java.lang.Thread");
        caught(new BadToys.ReadsClock(), "classes:", "calls java.time.Instant.now");
    }

    @Test
    void secretsOutOfPlaceAreCaught() {
        caught(new BadToys.LeaksSecret(), "refusals, fixture text: status 401", "a fault tells a secret");
        caught(new BadToys.PlainSecret(), "secrets go only where they belong", "as plain text");
        caught(new BadToys.SendsSecretElsewhere(), "secrets go only where they belong", "collector.invalid");
    }

    @Test
    void exceptionsAreCaught() {
        caught(new BadToys.ThrowsOnNonsense(), "hostile, fixture text: nonsense in place of an answer", "threw");
        caught(new BadToys.TrustsTypes(), "values of another type and missing ones", "line 3, [end] = null");
        caught(new BadToys.NeedsWire(), "for a client of another dialect", "rules were broken");
    }

    @Test
    void fieldsThatGetLostAreCaught() {
        caught(
                new BadToys.LosesFields(),
                "fields: temperature arrives",
                "neither reaches the upstream nor is it reported");
        caught(new BadToys.LosesFields(), "fields: seed arrives", "unmapped() does not announce it");
    }

    @Test
    void refusalsTakenForAnswersAndEndlessRunsAreCaught() {
        caught(new BadToys.TakesRefusals(), "status 500 with any body", "expected a fault");
        caught(new BadToys.NeverEnds(), "fixture text: comes out as recorded", "more than 50 requests");
    }

    @Test
    void claimsAreHeldToInBothDirections() {
        caught(new BadToys.HidesTalents(), "capability images: is not claimed and refused", "no request was expected");
        caught(new BadToys.HidesTalents(), "capability balance: is not claimed and refused", "no request was expected");
        caught(new BadToys.Boasts(), "claims are offered, and nothing else", "capabilities: expected [chat]");
        caught(new BadToys.Boasts(), "pictures are taken where vision is claimed", "expected true, found false");
        Subject claiming =
                ToyParts.subject(new ReadingToy(), Set.of(Capability.CHAT, Capability.TOOLS), ToyParts.fixtures());
        assertThat(problems(claiming))
                .anySatisfy(problem -> assertThat(problem).contains("capability tools: is claimed and shown"));
    }

    @Test
    void aBalanceThatIsClaimedMustBeTold() {
        Fixture silent = Fixture.of("account", (type, channel) -> type.balance(channel))
                .replies(Reply.json("{}"))
                .shows(Capability.BALANCE);
        List<Fixture> fixtures = new ArrayList<>(ToyParts.fixtures());
        fixtures.add(silent);

        assertThat(problems(ToyParts.subject(
                        new BadToys.HidesTalents(), Set.of(Capability.CHAT, Capability.BALANCE), fixtures)))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("capability balance: is claimed and shown", "no balance was told"));
    }

    @Test
    void aPluginWhoseWorkTakesTimePasses() {
        assertThat(problems(TaskToys.subject(new TaskToys.Good()))).isEmpty();
    }

    @Test
    void tasksAreHeldToWhatTheyTell() {
        caughtAtWork(
                new TaskToys.LosesFields(),
                "fields of tasks: temperature arrives",
                "neither reaches the upstream nor is it reported");
        caughtAtWork(
                new TaskToys.FetchesNothing(),
                "products that need the key can be fetched",
                "\"film\" cannot be fetched");
        caughtAtWork(
                new TaskToys.ReadsTheProduct(),
                "products that need the key can be fetched",
                "a flow that hands the product on");
        caughtAtWork(new TaskToys.NamesAtLength(), "keeps the host's bounds", "a reference has 201 characters");
        caught(new TaskToys.Good(), "capability tasks: is not claimed and not done", "a chat became the task \"film\"");
    }

    private static void caughtAtWork(ChannelType type, String check, String why) {
        assertThat(problems(TaskToys.subject(type)))
                .anySatisfy(problem -> assertThat(problem).contains(check).contains(why));
    }

    @Test
    void descriptorsAreReadClosely() {
        assertThat(problems(new BadToys.BadDescriptor()))
                .anySatisfy(problem -> assertThat(problem).contains("logo contains an event handler"))
                .anySatisfy(problem -> assertThat(problem).contains("name has no wording in zh-CN"))
                .anySatisfy(problem -> assertThat(problem).contains("no model is proposed"))
                .anySatisfy(problem -> assertThat(problem).contains("names a usable endpoint"));
    }
}
