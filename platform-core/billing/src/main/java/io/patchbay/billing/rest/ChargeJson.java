package io.patchbay.billing.rest;

import io.patchbay.billing.Credits;
import io.patchbay.billing.TokenUsage;
import io.patchbay.billing.ledger.Charge;
import io.patchbay.billing.ledger.LedgerEntry;
import io.patchbay.billing.price.ChargeLine;
import io.patchbay.billing.price.Price;
import io.patchbay.billing.receipt.Receipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Receipts as JSON; amounts are credits, exact to the micro-credit. */
final class ChargeJson {
    private ChargeJson() {}

    static Map<String, @Nullable Object> receipt(Receipt receipt) {
        Charge charge = receipt.charge();
        LedgerEntry outcome = charge.outcome();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("request_id", receipt.requestId());
        json.put("model", charge.model());
        json.put("state", state(outcome));
        json.put("paid_by", charge.planItem() == null ? "credits" : charge.planItem());
        json.put("held", Credits.toDecimal(charge.held()));
        json.put("price", receipt.price() == null ? null : price(receipt.price()));
        json.put("usage", outcome == null || outcome.usage() == null ? null : usage(outcome.usage()));
        json.put("units", outcome == null ? null : outcome.units());
        json.put("lines", receipt.lines().stream().map(ChargeJson::line).toList());
        json.put("computed", Credits.toDecimal(receipt.computed()));
        json.put("charged", Credits.toDecimal(outcome == null ? 0 : -outcome.micro()));
        json.put("written_off", Credits.toDecimal(outcome == null ? 0 : outcome.writtenOff()));
        json.put("refunded", Credits.toDecimal(receipt.refunded()));
        json.put("agrees", receipt.agrees());
        json.put("note", outcome == null ? "" : outcome.reason());
        json.put("at", outcome == null ? null : outcome.at().toString());
        return json;
    }

    private static String state(@Nullable LedgerEntry outcome) {
        if (outcome == null) {
            return "open";
        }
        return outcome.kind() == LedgerEntry.Kind.SETTLE ? "charged" : "released";
    }

    private static Map<String, Object> price(Price price) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", price.version());
        json.put("group", price.tag().group());
        json.put("multiplier", price.multiplier());
        json.put("at", price.tag().at().toString());
        json.put("rule", price.rule().withModels(List.of()));
        return json;
    }

    private static Map<String, Object> usage(TokenUsage usage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("input", usage.input());
        json.put("output", usage.output());
        json.put("cached_input", usage.parts().cached());
        json.put("cache_write", usage.parts().cacheWrite());
        json.put("reasoning", usage.parts().reasoning());
        json.put("audio_input", usage.parts().audioInput());
        json.put("audio_output", usage.parts().audioOutput());
        json.put("image_input", usage.parts().imageInput());
        json.put("image_output", usage.parts().imageOutput());
        json.put("estimated", usage.estimated());
        return json;
    }

    private static Map<String, Object> line(ChargeLine line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", line.what());
        json.put("count", line.count());
        json.put("price", line.price());
        json.put("credits", line.credits());
        return json;
    }
}
