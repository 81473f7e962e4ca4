package io.patchbay.dialects.openai;

import io.patchbay.dialects.AnswerText;
import io.patchbay.dialects.ClientPlan;
import io.patchbay.dialects.TapFacts;
import io.patchbay.dialects.WholeTap;
import io.patchbay.dialects.scan.ScanException;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.Profile;
import io.patchbay.spi.json.Json;
import io.patchbay.spi.json.JsonValue;
import java.util.Arrays;

/** Reads a forwarded whole answer; changed are the model's name, wrong finish reasons and an empty role. */
final class OpenAiWholeTap implements WholeTap {
    private static final String HOLDER = "message";

    private final byte[] model;
    private final ChatFacts facts;
    private final ChunkScan scan = new ChunkScan();
    private final Splices splices = new Splices();
    private final ScanReader reader;

    OpenAiWholeTap(ClientPlan plan, Profile profile) {
        this.model = JsonValue.of(plan.publicModel()).toBytes();
        this.facts = new ChatFacts(profile);
        this.reader = new ScanReader(facts, scan, splices, true);
    }

    @Override
    public byte[] adjust(Bytes body) {
        int begin = Payloads.begin(body);
        if (Payloads.kind(body, begin) != Payloads.OBJECT) {
            facts.foreign(body.slice(begin, body.length() - begin));
            facts.noAnswer();
            return body.copy();
        }
        byte[] array = body.array();
        int from = body.offset();
        int to = from + body.length();
        try {
            scan.scan(array, from, to, HOLDER, false);
            if (scan.odd()) {
                array = body.json().toBytes();
                from = 0;
                to = array.length;
                scan.scan(array, from, to, HOLDER, true);
            }
        } catch (ScanException e) {
            facts.broken(body);
            return body.copy();
        }
        read(array, from, to);
        scan.release();
        return facts.fault() != null ? body.copy() : splices.apply(array, from, to);
    }

    private void read(byte[] array, int from, int to) {
        JsonValue error = scan.error();
        if (error != null && facts.error(error)) {
            return;
        }
        if (scan.wild()) {
            facts.wild();
            return;
        }
        if (scan.choices() < 0 && scan.usageTo() == 0) {
            facts.strange(Json.parse(array, from, to - from));
            facts.noAnswer();
            return;
        }
        reader.head(array);
        if (scan.choices() > 0) {
            reader.choices(array);
        }
        if (facts.fault() != null) {
            return;
        }
        if (facts.finishes().isEmpty()) {
            facts.noAnswer();
            return;
        }
        facts.wholeCame();
        int modelFrom = scan.modelFrom();
        int modelTo = scan.modelTo();
        if (modelTo > modelFrom && !Arrays.equals(array, modelFrom, modelTo, model, 0, model.length)) {
            splices.add(modelFrom, modelTo, model);
        }
    }

    @Override
    public void keep(AnswerText text) {
        facts.keep(text);
    }

    @Override
    public TapFacts facts() {
        return facts;
    }
}
