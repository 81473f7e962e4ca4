package io.patchbay.dialects.openai;

import io.patchbay.dialects.openai.ChatFacts.Choice;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import org.jspecify.annotations.Nullable;

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
    private int reasoningFrom;
    private int reasoningTo;
    private boolean reasoningIsContent;
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
        Choice choice = null;
        reasoningTo = 0;
        for (int i = 0; i < found.size(); i++) {
            switch (found.kind(i)) {
                case Findings.CHOICE -> {
                    close(choice);
                    choice = facts.choice(found.a(i));
                }
                case Findings.TEXT -> text(found.a(i), found.b(i));
                case Findings.PARTS -> parts(found.a(i), found.b(i));
                case Findings.REASONING_CONTENT -> {
                    reasoningFrom = found.a(i);
                    reasoningTo = found.b(i);
                    reasoningIsContent = true;
                }
                case Findings.REASONING -> {
                    if (reasoningTo == 0 || !reasoningIsContent) {
                        reasoningFrom = found.a(i);
                        reasoningTo = found.b(i);
                        reasoningIsContent = false;
                    }
                }
                case Findings.CALL -> {
                    if (choice != null) {
                        call(choice, i);
                    }
                }
                case Findings.CALL_NAME, Findings.CALL_TEXT ->
                    facts.tally().addJson(in, found.a(i), found.b(i));
                case Findings.CALL_TREE -> facts.tally().add(in, found.a(i), found.b(i));
                case Findings.MEDIA -> facts.sawContent();
                case Findings.NO_ROLE -> splices.add(found.a(i), found.b(i), ROLE);
                case Findings.NO_DELTA -> noDelta(i);
                case Findings.FINISH -> {
                    if (choice != null) {
                        finish(choice, found.a(i), found.b(i));
                    }
                }
                default -> {}
            }
        }
        close(choice);
        return finished;
    }

    private void close(@Nullable Choice choice) {
        if (reasoningTo > 0) {
            text(reasoningFrom, reasoningTo);
            reasoningTo = 0;
        }
        if (whole && choice != null && !choice.finished && facts.fault() == null) {
            facts.finish(choice, "stop");
        }
    }

    private void text(int from, int to) {
        facts.sawContent();
        facts.tally().addJson(in, from, to);
    }

    private void parts(int from, int to) {
        JsonValue parts = Json.parse(in, from, to - from);
        String text = ContentArrays.text(parts);
        String reasoning = ContentArrays.reasoning(parts);
        if (!text.isEmpty() || !reasoning.isEmpty()) {
            facts.sawContent();
            facts.tally().add(text);
            facts.tally().add(reasoning);
        }
    }

    /** Places a call; its id and its name come further down the list. */
    private void call(Choice choice, int at) {
        String id = null;
        boolean named = false;
        boolean argued = false;
        for (int i = at + 1; i < found.size(); i++) {
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
        int index = found.a(at) == ChoiceScan.NO_INDEX && whole ? before : found.a(at);
        choice.tools.place(index, id, named, argued);
        facts.call(choice, before);
    }

    private void noDelta(int at) {
        if (whole) {
            return;
        }
        if (found.b(at) > 0) {
            splices.add(found.a(at), found.b(at), NO_MEMBERS);
            return;
        }
        int choice = at - 1;
        while (found.kind(choice) != Findings.CHOICE) {
            choice--;
        }
        int behind = found.b(choice) + 1;
        boolean lone = false;
        for (int i = behind; i < in.length && !lone; i++) {
            if (in[i] == '"') {
                break;
            }
            lone = in[i] == '}';
        }
        splices.add(behind, behind, lone ? LONE_DELTA : DELTA);
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
