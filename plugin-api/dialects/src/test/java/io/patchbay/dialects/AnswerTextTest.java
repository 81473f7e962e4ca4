package io.patchbay.dialects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AnswerTextTest {
    private final List<String> seen = new ArrayList<>();
    private final AnswerText text = new AnswerText(piece -> {
        seen.add(piece);
        return piece.codePointCount(0, piece.length());
    });

    private void addJson(int choice, int part, String content) {
        byte[] json = content.getBytes(StandardCharsets.UTF_8);
        text.addJson(choice, part, json, 0, json.length);
    }

    private List<String> counted() {
        seen.clear();
        text.tokens();
        return seen;
    }

    @Test
    void nothingHasNoTokens() {
        text.add(0, AnswerText.WORDS, "");
        addJson(0, AnswerText.WORDS, "");
        assertThat(text.tokens()).isZero();
    }

    @Test
    void piecesOfOnePartAreCountedAsOneText() {
        text.add(0, AnswerText.WORDS, "Hel");
        addJson(0, AnswerText.WORDS, "lo, ");
        byte[] bytes = "(wörld) 😀".getBytes(StandardCharsets.UTF_8);
        text.add(0, AnswerText.WORDS, bytes, 1, bytes.length);
        assertThat(counted()).containsExactly("Hello, wörld) 😀");
        assertThat(text.tokens()).isEqualTo(15);
    }

    @Test
    void countingChangesNothing() {
        text.add(0, AnswerText.WORDS, "Hel");
        assertThat(text.tokens()).isEqualTo(3);
        assertThat(text.tokens()).isEqualTo(3);
        text.add(0, AnswerText.WORDS, "lo");
        assertThat(counted()).containsExactly("Hello");
    }

    @Test
    void partsAndChoicesThatAlternateStayApart() {
        for (int i = 0; i < 3; i++) {
            text.add(0, AnswerText.WORDS, "w" + i);
            text.add(1, AnswerText.WORDS, "W" + i);
            text.add(0, AnswerText.REASONING, "r" + i);
            text.add(0, AnswerText.name(0), "n" + i);
            text.add(0, AnswerText.arguments(0), "a" + i);
            text.add(0, AnswerText.name(1), "N" + i);
            text.add(0, AnswerText.arguments(1), "A" + i);
        }
        assertThat(counted())
                .containsExactlyInAnyOrder("w0w1w2", "W0W1W2", "r0r1r2", "n0n1n2", "a0a1a2", "N0N1N2", "A0A1A2");
    }

    @Test
    void jsonStringsAreCountedAsTheTextTheyStandFor() {
        addJson(0, AnswerText.WORDS, "\\\"a\\\" \\\\ \\/\\b\\f\\n\\r\\t \\u00e9\\u4E2d \\ud83d\\ude00 ü");
        assertThat(counted()).containsExactly("\"a\" \\ /\b\f\n\r\t é中 😀 ü");
    }

    @Test
    void pairsThatArriveInHalvesAreJoinedAndOtherHalvesAreMarked() {
        addJson(0, AnswerText.WORDS, "\\ud83d");
        addJson(0, AnswerText.WORDS, "\\ude00");
        text.add(0, AnswerText.WORDS, "\ud83d");
        text.add(0, AnswerText.WORDS, "\ude01");
        addJson(0, AnswerText.WORDS, "\\ud83dx\\ude00");
        text.add(0, AnswerText.WORDS, "\ud83d\ud83d\ude02\ud83d");
        assertThat(counted()).containsExactly("😀😁?x??😂?");
    }

    @Test
    void anyTextComesThroughEachWayIn() {
        Random random = new Random(5);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            int code = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x300);
            String piece = Character.isSurrogate((char) code) && code < 0x10000 ? "?" : Character.toString(code);
            all.append(piece);
            switch (random.nextInt(3)) {
                case 0 -> text.add(0, AnswerText.WORDS, piece);
                case 1 -> {
                    String json = JsonValue.of(piece).toJson();
                    addJson(0, AnswerText.WORDS, json.substring(1, json.length() - 1));
                }
                default -> {
                    byte[] utf8 = piece.getBytes(StandardCharsets.UTF_8);
                    text.add(0, AnswerText.WORDS, utf8, 0, utf8.length);
                }
            }
        }
        assertThat(String.join("", counted())).isEqualTo(all.toString());
    }

    @Test
    void longTextsAreCountedInPiecesThatEndWithAWord() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            String word = "word" + (char) ('a' + i % 26) + " ";
            all.append(word);
            text.add(0, AnswerText.WORDS, word);
            text.add(0, AnswerText.REASONING, i == 0 ? "thought" : "");
        }
        text.tokens();
        assertThat(seen).hasSizeGreaterThan(3).allMatch(piece -> piece.length() <= AnswerText.MOST_BYTES);
        assertThat(seen.subList(1, seen.size()))
                .filteredOn(piece -> !piece.equals("thought"))
                .allMatch(piece -> piece.startsWith(" word"));
        seen.remove("thought");
        assertThat(String.join("", seen)).isEqualTo(all.toString());
    }

    @Test
    void charactersStayWholeWhereNoWordEnds() {
        for (String sign : List.of("中", "😀", "é", "x")) {
            seen.clear();
            AnswerText run = new AnswerText(piece -> {
                seen.add(piece);
                return piece.codePointCount(0, piece.length());
            });
            run.add(0, AnswerText.WORDS, "1" + sign.repeat(200_000));
            assertThat(run.tokens()).isEqualTo(200_001);
            assertThat(seen).hasSizeGreaterThan(2).allMatch(piece -> !piece.contains("\ufffd"));
        }
    }

    @Test
    void manyPartsHoldNoMoreThanOne() {
        long added = 0;
        for (int i = 0; i < 70_000; i++) {
            text.add(i % 1_000, AnswerText.arguments(i % 700), "{\"a\":1}");
            added += 7;
        }
        long onTheWay = seen.stream().mapToLong(String::length).sum();
        assertThat(added - onTheWay).isLessThan(AnswerText.MOST_BYTES);
        assertThat(text.tokens()).isEqualTo(added);
    }

    @Test
    void theRestOfAnEndlessAnswerIsEstimated() {
        for (int i = 0; i < 1_000; i++) {
            text.add(0, AnswerText.WORDS, "word ".repeat(500));
        }

        long counted = seen.stream().mapToLong(String::length).sum();
        assertThat(counted).as("2,500,000 characters came").isBetween(400_000L, 524_288L);
        assertThat(text.tokens()).isBetween(counted + 100_000, 2_500_000L);
    }

    @Test
    void whatIsForgottenIsGone() {
        text.add(0, AnswerText.WORDS, "Hello");
        text.forget();
        text.add(0, AnswerText.WORDS, " world");
        addJson(0, AnswerText.WORDS, "!\\n");
        assertThat(text.forgotten()).isTrue();
        assertThatThrownBy(text::tokens).isInstanceOf(IllegalStateException.class);
        assertThat(seen).isEmpty();
    }
}
