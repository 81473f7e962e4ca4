package io.patchbay.dialects;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Usage;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder learns of one answer, as it learns it; a dialect with counts or choices of its own extends it. Used by one
 * thread at a time; keeps no text.
 */
public class AnswerFacts implements TapFacts {
    private final Tally tally = new Tally();
    private final Map<Integer, String> finishes = new TreeMap<>();
    private final Map<Integer, String> finishesView = Collections.unmodifiableMap(finishes);
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable Usage usage;
    private boolean content;
    private boolean ended;
    private int toolCalls;
    private @Nullable Fault fault;

    /** Returns whether nothing that comes matters any more. */
    public boolean over() {
        return ended || fault != null;
    }

    /** Notes the upstream's names of the answer and of the model. */
    public void begin(@Nullable String answerId, @Nullable String name) {
        id = answerId;
        model = name;
    }

    /** Notes the usage; a later one replaces an earlier one. */
    public void used(Usage value) {
        usage = value;
    }

    /** Notes that something of substance came that has no text. */
    public void sawContent() {
        content = true;
    }

    /** Notes text of any kind. */
    public void said(String text) {
        content = true;
        tally.add(text);
    }

    /** Notes a tool call and returns its number among all of the answer, from 0. */
    public int called(String name) {
        said(name);
        return toolCalls++;
    }

    /** Notes why a choice ended; the first time counts. */
    public void finish(int choice, String reason) {
        finishes.putIfAbsent(choice, reason);
    }

    /** Notes that the answer is complete. */
    public void complete() {
        ended = true;
    }

    /** Notes what went wrong; the first time counts. */
    public void fail(Fault value) {
        fault = fault == null ? value : fault;
    }

    /** Notes that the upstream sent what no answer looks like. */
    public void malformed(String message) {
        fail(Fault.builder(FaultKind.UPSTREAM, message).sub("malformed_answer").build());
    }

    @Override
    public @Nullable String upstreamId() {
        return id;
    }

    @Override
    public @Nullable String upstreamModel() {
        return model;
    }

    @Override
    public @Nullable Usage usage() {
        return usage == null || usage.input() == 0 && usage.output() == 0 ? null : usage;
    }

    @Override
    public Map<Integer, String> finishes() {
        return finishesView;
    }

    @Override
    public boolean content() {
        return content;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public int toolCalls() {
        return toolCalls;
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public @Nullable Fault fault() {
        return fault;
    }
}
