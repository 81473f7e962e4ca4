package io.patchbay.billing.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenCounterTest {
    private static final String R50K = "davinci";
    private static final String P50K = "text-davinci-003";
    private static final String CL100K = "gpt-4";
    private static final String O200K = "gpt-4o";

    private final TokenCounter counter = new TokenCounter();

    /** The counts OpenAI gives in its guide to counting tokens. */
    @ParameterizedTest
    @CsvSource({
        "davinci, antidisestablishmentarianism, 5",
        "text-davinci-003, antidisestablishmentarianism, 5",
        "gpt-4, antidisestablishmentarianism, 6",
        "gpt-4o, antidisestablishmentarianism, 6",
        "davinci, 2 + 2 = 4, 5",
        "text-davinci-003, 2 + 2 = 4, 5",
        "gpt-4, 2 + 2 = 4, 7",
        "gpt-4o, 2 + 2 = 4, 7",
        "davinci, お誕生日おめでとう, 14",
        "text-davinci-003, お誕生日おめでとう, 14",
        "gpt-4, お誕生日おめでとう, 9",
        "gpt-4o, お誕生日おめでとう, 8",
        "gpt-4, tiktoken is great!, 6",
    })
    void countsAsPublished(String model, String text, int tokens) {
        assertThat(counter.text(model, text)).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4, hello world, 2",
        "gpt-4o, hello world, 2",
        "gpt-4, '', 0",
        "gpt-4, a, 1",
        "gpt-4, 😀, 2",
        "gpt-4o, 😀, 1",
        "gpt-4, 春天的早晨, 8",
        "gpt-4o, 春天的早晨, 5",
    })
    void countsShortTexts(String model, String text, int tokens) {
        assertThat(counter.text(model, text)).isEqualTo(tokens);
    }

    @Test
    void countsCode() {
        String code = "for (int i = 0; i < 10; i++) {\n    total += i;\n}\n";
        // for| (|int| i| =| |0|;| i| <| |10|;| i|++)| {\n|   | total| +=| i|;\n|}\n
        assertThat(counter.text(CL100K, code)).isEqualTo(22);
        // The newest vocabularies know runs of blanks; the oldest has a token for each blank.
        assertThat(counter.text(R50K, code)).isGreaterThan(counter.text(P50K, code));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, O200K",
        "gpt-4o-mini-2024-07-18, O200K",
        "chatgpt-4o-latest, O200K",
        "gpt-4.1-nano, O200K",
        "gpt-5.4-mini, O200K",
        "o1, O200K",
        "o3-mini, O200K",
        "o4-mini, O200K",
        "gpt-4, CL100K",
        "gpt-4-turbo, CL100K",
        "gpt-3.5-turbo-0613, CL100K",
        "text-embedding-ada-002, CL100K",
        "claude-sonnet-4-5, CL100K",
        "gemini-2.5-pro, CL100K",
        "'', CL100K",
        "text-davinci-002, P50K",
        "code-cushman-002, P50K",
        "cushman-codex, P50K",
        "text-davinci-edit-001, P50K_EDIT",
        "code-davinci-edit-001, P50K_EDIT",
        "text-davinci-001, R50K",
        "ada, R50K",
        "text-similarity-curie-001, R50K",
        "text-search-ada-doc-001, R50K",
        "code-search-babbage-code-001, R50K",
        "text-search-ada-query-001, CL100K",
    })
    void choosesTheVocabularyByTheModel(String model, Vocabulary vocabulary) {
        assertThat(Vocabulary.of(model)).isEqualTo(vocabulary);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|endoftext|>",
                "<|fim_prefix|>",
                "<|fim_middle|>",
                "<|fim_suffix|>",
                "<|endofprompt|>",
                "<|im_start|>",
                "before <|endoftext|> behind"
            })
    void specialTokensAreOrdinaryText(String text) {
        for (String model : new String[] {R50K, P50K, "text-davinci-edit-001", CL100K, O200K}) {
            assertThat(counter.text(model, text)).isGreaterThan(3);
        }
    }

    @Test
    void halvesOfSurrogatePairsCount() {
        for (String text : new String[] {"\ud83d", "\ude00", "a\ud83d b", "\ude00\ud83d", "\ud83d".repeat(5_000)}) {
            assertThat(counter.text(CL100K, text)).isPositive();
            assertThat(counter.text(O200K, text)).isPositive();
        }
    }

    @Test
    void saysWhatAMessageCosts() {
        assertThat(counter.perMessage("gpt-4o")).isEqualTo(3);
        assertThat(counter.perMessage("claude-2")).isEqualTo(3);
        assertThat(counter.perMessage("gpt-3.5-turbo-instruct")).isEqualTo(2);
        assertThat(counter.perMessage("gpt-3.5-turbo-0301")).isEqualTo(4);
        assertThat(counter.perMessage("gpt-3.5-turbo-16k-0301")).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 255",
        "512, 512, 255",
        "513, 512, 425",
        "1024, 1024, 765",
        "2048, 2048, 2805",
        "100000, 1, 765",
        "100000, 100000, 2805",
        "2147483647, 2147483647, 2805"
    })
    void picturesCostByTheirTiles(int width, int height, long tokens) {
        assertThat(TokenCounter.picture(width, height)).isEqualTo(tokens);
    }

    @Test
    void manyThreadsCountTheSame() throws Exception {
        String text = Texts.prose(20_000, 5);
        long alone = counter.text(O200K, text);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Long> work = () -> new TokenCounter().text(O200K, text);
            for (Future<Long> result :
                    threads.invokeAll(IntStream.range(0, 64).mapToObj(i -> work).toList())) {
                assertThat(result.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void neverThrowsAndTogetherIsHardlyMoreThanApart() {
        Random random = new Random(7);
        for (int round = 0; round < 3_000; round++) {
            String one = Texts.anything(random, random.nextInt(60));
            String other = Texts.anything(random, random.nextInt(60));
            for (String model : new String[] {R50K, P50K, CL100K, O200K}) {
                long apart = counter.text(model, one) + counter.text(model, other);
                // Merging is greedy, so the seam may cost a few tokens more than the parts did.
                assertThat(counter.text(model, one + other))
                        .as("%s + %s", one, other)
                        .isBetween(one.length() + other.length() == 0 ? 0L : 1L, apart + 4);
            }
        }
    }
}
