package io.patchbay.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.patchbay.spi.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tells an upstream although nobody registered it. */
final class TelltalesTest {
    private static String strip(String text) {
        return Telltales.strip(text, Set.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(type: new_api_error)|(type: chatnio_upstream_error)",
                "openai_api anthropic_api api2d|chatnio_upstream chatnio_upstream chatnio_upstream",
                "closeai_api, one_api, shell_api|chatnio_upstream, chatnio_upstream, chatnio_upstream",
                "ONE_API_KEY is wrong|chatnio_upstream_KEY is wrong",
                "error_from_one_api|error_from_chatnio_upstream",
                "none_api and phone_api|none_api and phone_api",
                "no key (request id: 20261125-ab12CD)|no key",
                "no key(Request ID: 1) given|no key given",
                "twice (request id: a) and (request id:b )|twice and",
                "(request id: two words)|(request id: two words)",
                "(request id: )|(request id: )",
                "(request id: 5|(request id: 5"
            })
    void resellersAndTheirIdsOfRequestsAreHidden(String text, String clean) {
        assertThat(strip(text)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "You can find it at https://platform.openai.com/account/api-keys.|You can find it at [address].",
                "see (https://x.example/a?b=c&d=%20#e), then|see ([address]), then",
                "'<a href=\"http://x.example\">'|'<a href=\"[address]\">'",
                "请访问https://platform.example.com/keys。谢谢|请访问[address]。谢谢",
                "https://例子.测试/路径|[address]路径",
                "HTTPS://X.EXAMPLE/A|[address]",
                "wss://x.example:443/chat failed|[address] failed",
                "grpc+tls://x.example failed|[address] failed",
                "{\"url\":\"https:\\/\\/x.example\\/a\"}|{\"url\":\"[address]\"}",
                "?next=https%3A%2F%2Fx.example%2Fa&b|?next=[address]",
                "http://[2001:db8::1]:8080/x|[address]",
                "[https://x.example]|[[address]]",
                "https://user:password@x.example/|[address]",
                "https://a.example https://b.example|[address] [address]",
                "channel://7/v1/models|channel://7/v1/models",
                "http:// alone, :// alone, a: b|http:// alone, :// alone, a: b"
            })
    void everyAddressIsHidden(String text, String clean) {
        assertThat(strip(text)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Incorrect API key provided: sk-ab***cd.|Incorrect API key provided: ***.",
                "Incorrect API key provided: sk-…abcd|Incorrect API key provided: ***",
                "Incorrect API key provided: sk-proj-****************_x9Q. You|Incorrect API key provided: ***. You",
                "key=sk-abcd;|key=***;",
                "密钥sk-abcd1234错误|密钥***错误",
                "your api key: ****ab12 is invalid|your api key: *** is invalid",
                "AIzaSyA-1234567 is no key|*** is no key",
                "gsk_abcd1234, xai-abcd1234, hf_abcd1234|***, ***, ***",
                "org-Ab12Cd34 has no quota|*** has no quota",
                "Bearer abc/def+ghi=12345|Bearer ***",
                "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc|token ***",
                "a task-force, a risk-free desk-abcd|a task-force, a risk-free desk-abcd",
                "sk-abc is too short|sk-abc is too short",
                "the org-level key-value store, pk-ing|the org-level key-value store, pk-ing",
                "Bearer authentication is required|Bearer authentication is required",
                "**bold** and *** and ****|**bold** and *** and ****"
            })
    void whatLooksLikeAKeyIsHidden(String text, String clean) {
        assertThat(strip(text)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({
        "api.openai.com, openai.com",
        "openai.com, openai.com",
        "A.B.Example.ORG., example.org",
        "localhost,",
        "127.0.0.1,",
        "::1,",
        "'',",
        ".,",
        "com.,"
    })
    void theDomainOfAServerIsItsLastTwoLabels(String host, String domain) {
        assertThat(Telltales.domain(host)).isEqualTo(domain);
    }

    /** Pieces an error may be made of; those that tell something hold one of {@link #TOLD}. */
    private static final List<String> PIECES = List.of(
            "the",
            "request",
            "failed",
            "(request",
            "id:",
            "(request id: told-1)",
            "(request id: ",
            "https://told.vendor.com/path?told=1",
            "https://",
            "://",
            "http:\\/\\/told.vendor.com\\/x",
            "wss://u:p@told.vendor.com:1/",
            "told.vendor.com",
            "api.told.vendor.com/v1",
            "sk-told1234",
            "sk-****told",
            "Bearer told/1234567+=",
            "bearer",
            "the-told-key",
            "new_api",
            "one_api_error",
            "***",
            "…",
            "%3A%2F%2F",
            "余额不足",
            "\n",
            "a.b.c",
            "____",
            "....",
            "----");

    private static final String TOLD = "told";

    @Test
    void whateverIsPutTogetherTellsNothing() {
        Redactor redactor = new Redactor();
        redactor.endpoint("https://api.told.vendor.com/v1", 7);
        redactor.secret(Secret.of("the-told-key"));
        Random random = new Random(20261125);
        for (int i = 0; i < 20_000; i++) {
            StringJoiner text = new StringJoiner(random.nextBoolean() ? " " : ", ");
            for (int piece = random.nextInt(12); piece >= 0; piece--) {
                text.add(PIECES.get(random.nextInt(PIECES.size())));
            }
            String clean = redactor.clean(text.toString());
            assertThat(clean.toLowerCase(Locale.ROOT))
                    .as(text.toString())
                    .doesNotContain(TOLD)
                    .doesNotContain("vendor.com")
                    .doesNotContain("new_api")
                    .doesNotContain("one_api");
        }
    }

    @Test
    void anyCharactersAtAllAreTakenAndWordsThatTellNothingStay() {
        Random random = new Random(7);
        String alphabet = "abk s-:/.*%(_…\u0000\ud83d\ude00中\\n\"<>[]{}=?#&@";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String clean = Telltales.strip("before " + text + " after", Set.of("b.a"));
            assertThat(clean).startsWith("before").endsWith("after");
        }
    }

    /** A hundred times as long as any fault, so that whatever grows faster than the text would take minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                ".",
                "-",
                "*",
                ":",
                "/",
                "://",
                "x://",
                "x://.",
                "channel://",
                "(request id:",
                "(request id: a ",
                "sk-",
                "sk-*",
                "sk.",
                "bearer ",
                "bearer a/",
                "https://a",
                "http:\\/\\/",
                "%3a%2f%2f",
                "a%3A%2F%2F",
                "one_",
                "_one_api",
                "vendor.com.",
                "the-told-key",
                "the-told-",
                "https://api.vendor.com/v",
                "…",
                " "
            })
    void timeGrowsWithTheLengthOfTheTextOnly(String piece) {
        Redactor redactor = new Redactor();
        redactor.endpoint("https://api.vendor.com/v1", 7);
        redactor.secret(Secret.of("the-told-key"));
        String text = piece.repeat(1_000_000 / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(redactor.clean(text)).doesNotContain("the-told-key");
            assertThat(redactor.clean(text + "…")).doesNotContain("the-told-key");
        });
    }
}
