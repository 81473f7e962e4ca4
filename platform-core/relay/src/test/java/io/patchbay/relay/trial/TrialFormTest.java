package io.patchbay.relay.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.foundation.problem.Problem;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators may ask of a trial, and what they are told of faults. */
final class TrialFormTest {
    private static TrialOrder order(String body) {
        return TrialForm.order(TrialForm.object(body.replace('\'', '"')));
    }

    @Test
    void nothingIsAsUsual() {
        assertThat(order("")).isEqualTo(TrialOrder.USUAL);
        assertThat(order("{}")).isEqualTo(TrialOrder.USUAL);
        assertThat(order("{'model':' ','key':null,'stream':null,'prompt':'','timeout':null}"))
                .isEqualTo(TrialOrder.USUAL);
    }

    @Test
    void everythingMayBeSaid() {
        assertThat(order("{'model':' m ','key':3,'stream':false,'prompt':'Hi','max_tokens':9,'timeout':120}"))
                .isEqualTo(new TrialOrder("m", 3, false, "Hi", 9, Duration.ofSeconds(120)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'model':7}          | model: expected a text
            {'key':-1}           | key: expected a whole number from 0
            {'key':'0'}          | key: expected a whole number from 0
            {'stream':'yes'}     | stream: expected true or false
            {'prompt':['a']}     | prompt: expected a text
            {'max_tokens':0}     | max_tokens: expected a whole number from 1 to 4096
            {'timeout':121}      | timeout: expected a whole number from 1 to 120
            {'timeout':1.5}      | timeout: expected a whole number from 1 to 120
            {'modell':'m'}       | modell: there is no such field; a trial has model, key, stream
            []                   | Expected a JSON object.
            {'a':                | The body is not JSON
            """)
    void mistakesAreNamed(String body, String message) {
        assertThatThrownBy(() -> order(body))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.BAD_REQUEST))
                .hasMessageStartingWith(message);
    }

    @Test
    void aPromptIsBounded() {
        assertThat(order("{'prompt':'" + "p".repeat(4_000) + "'}").prompt()).hasSize(4_000);
        assertThatThrownBy(() -> order("{'prompt':'" + "p".repeat(4_001) + "'}"))
                .hasMessage("prompt: expected at most 4000 characters, found 4001");
    }

    @Test
    void aKeyInAnAddressIsANumber() {
        assertThat(TrialForm.key(null)).isNull();
        assertThat(TrialForm.key("2")).isEqualTo(2);
        assertThatThrownBy(() -> TrialForm.key("two"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("key: ");
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyKindOfFaultSaysWhatToDo(FaultKind kind) {
        var hint = FaultHints.of(Fault.of(kind, "x")).byLanguage();

        assertThat(hint.get("en")).hasSizeGreaterThan(30).endsWith(".");
        assertThat(hint.get("zh-CN")).hasSizeGreaterThan(8).endsWith("。");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout", "network", "region_blocked", "endpoint"})
    void aFinerWordChangesWhatIsSaid(String sub) {
        Fault plain = Fault.of(FaultKind.RETRY, "x");

        assertThat(FaultHints.of(plain.toBuilder().sub(sub).build())).isNotEqualTo(FaultHints.of(plain));
        assertThat(FaultHints.of(plain.toBuilder().sub("something else").build()))
                .isEqualTo(FaultHints.of(plain));
    }

    @Test
    void noTwoKindsAreToldAlike() {
        Set<String> hints = new HashSet<>();
        for (FaultKind kind : FaultKind.values()) {
            assertThat(hints.add(FaultHints.of(Fault.of(kind, "x")).byLanguage().get("en")))
                    .as(kind.name())
                    .isTrue();
        }
    }
}
