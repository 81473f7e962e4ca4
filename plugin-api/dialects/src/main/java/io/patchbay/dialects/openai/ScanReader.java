package io.patchbay.dialects.openai;

import io.patchbay.dialects.AnswerText;
import io.patchbay.dialects.openai.ChatFacts.Choice;
import io.patchbay.dialects.openai.ToolSlots.Slot;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;

/** Turns what a {@link ChunkScan} found into facts and into the changes the forwarded bytes need. */
final class ScanReader {
    private static final byte[] ROLE = Splices.ascii("assistant");
    private static final byte[] DELTA = Splices.ascii("\"delta\":{},");
    private static final byte[] LONE_DELTA = Splices.ascii("\"delta\":{}");
    private static final byte[] NO_MEMBERS = Splices.ascii("{}");

    private final ChatFacts facts;
    private final ChunkScan scan;
    private final Findings found;
    private final Splices splices;
    private final boolean whole;

    private byte[] in = new byte[0];
    private boolean finished;

    ScanReader(ChatFacts facts, ChunkScan scan, Splices splices, boolean whole) {
        this.facts = facts;
        this.scan = scan;
        this.found = scan.found();
        this.splices = splices;
        this.whole = whole;
    }

    /** Notes id, model, time and usage. */
    void head(byte[] array) {
        if (scan.hasId() && facts.upstreamId() == null) {
            facts.id(scan.id());
        }
        if (facts.upstreamModel() == null) {
            String model = scan.model();
            if (model != null) {
                facts.model(model);
            }
        }
        if (scan.hasCreated()) {
            facts.created(scan.created());
        }
        if (scan.usageTo() > 0) {
            facts.usage(array, scan.usageFrom(), scan.usageTo());
        } else if (scan.innerUsageTo() > 0) {
            facts.usage(array, scan.innerUsageFrom(), scan.innerUsageTo());
        }
    }

    /** Notes what the choices hold; returns whether one of them is finished by this. */
    boolean choices(byte[] array) {
        in = array;
        finished = false;
        int i = 0;
        while (i < found.size() && facts.fault() == null) {
            int next = i + 1;
            while (next < found.size() && found.kind(next) != Findings.CHOICE) {
                next++;
            }
            choice(i, next);
            i = next;
        }
        return finished;
    }

    /** Reads the findings of one choice. */
    private void choice(int first, int end) {
        Choice choice = facts.choice(found.a(first));
        int reasoning = -1;
        int call = 0;
        String partsReasoning = "";
        for (int i = first + 1; i < end; i++) {
            int from = found.a(i);
            int to = found.b(i);
            switch (found.kind(i)) {
                case Findings.TEXT -> text(choice, AnswerText.WORDS, from, to);
                case Findings.PARTS -> {
                    JsonValue parts = Json.parse(in, from, to - from);
                    said(choice, AnswerText.WORDS, ContentArrays.text(parts));
                    partsReasoning = ContentArrays.reasoning(parts);
                }
                case Findings.REASONING_CONTENT -> reasoning = i;
                case Findings.REASONING -> reasoning = reasoning < 0 ? i : reasoning;
                case Findings.CALL -> call = call(choice, i, end);
                case Findings.CALL_NAME -> facts.saidJson(choice, AnswerText.name(call), in, from, to);
                case Findings.CALL_TEXT -> facts.saidJson(choice, AnswerText.arguments(call), in, from, to);
                case Findings.CALL_TREE -> facts.said(choice, AnswerText.arguments(call), in, from, to);
                case Findings.MEDIA -> facts.sawContent(choice);
                case Findings.NO_ROLE -> splices.add(from, to, ROLE);
                case Findings.NO_DELTA -> noDelta(found.b(first), from, to);
                case Findings.FINISH -> finish(choice, from, to);
                default -> {}
            }
        }
        if (reasoning < 0) {
            said(choice, AnswerText.REASONING, partsReasoning);
        } else {
            text(choice, AnswerText.REASONING, found.a(reasoning), found.b(reasoning));
        }
        if (whole && !choice.finished && facts.fault() == null) {
            facts.finish(choice, "stop");
        }
    }

    private void text(Choice choice, int part, int from, int to) {
        facts.sawContent(choice);
        facts.saidJson(choice, part, in, from, to);
    }

    private void said(Choice choice, int part, String text) {
        if (!text.isEmpty()) {
            facts.sawContent(choice);
            facts.said(choice, part, text);
        }
    }

    /** Places a call, whose id and name come further down the list, and returns its number in the choice. */
    private int call(Choice choice, int at, int end) {
        String id = null;
        boolean named = false;
        boolean argued = false;
        for (int i = at + 1; i < end; i++) {
            int kind = found.kind(i);
            if (kind == Findings.CALL_ID) {
                id = scan.text(found.a(i), found.b(i));
            } else if (kind == Findings.CALL_NAME) {
                named = true;
            } else if (kind == Findings.CALL_TEXT || kind == Findings.CALL_TREE) {
                argued = true;
            } else {
                break;
            }
        }
        int before = choice.tools.size();
        Slot slot = whole ? choice.tools.add(id, named, argued) : choice.tools.place(found.a(at), id, named, argued);
        facts.call(choice, before);
        return slot.number;
    }

    /** Puts a delta where there is none: official clients look into it unasked. */
    private void noDelta(int brace, int from, int to) {
        if (whole) {
            return;
        }
        if (to > 0) {
            splices.add(from, to, NO_MEMBERS);
            return;
        }
        int behind = brace + 1;
        int next = behind;
        while (in[next] != '"' && in[next] != '}') {
            next++;
        }
        splices.add(behind, behind, in[next] == '}' ? LONE_DELTA : DELTA);
    }

    private void finish(Choice choice, int from, int to) {
        String word = FinishWords.known(in, from, to);
        String given = word == null ? scan.text(from, to) : word;
        boolean before = choice.finished;
        String reason = facts.finish(choice, given);
        if (reason != null && !reason.equals(given) && !given.equals("function_call")) {
            splices.add(from, to, Splices.ascii(FinishWords.forClients(reason)));
        }
        finished |= !before && reason != null;
    }
}
