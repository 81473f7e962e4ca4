package io.patchbay.relay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.Balance;
import io.patchbay.spi.Fault;
import io.patchbay.spi.Text;
import io.patchbay.spi.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reports as the console sees them. Amounts are texts, because not every reader of JSON keeps their digits. */
final class TrialJson {
    private static final int LONGEST_NAME = 100;

    private TrialJson() {}

    static ObjectNode of(TrialReport report) {
        ObjectNode json = begin(report.ok(), report.fault());
        json.put(
                "check",
                switch (report.check()) {
                    case CHAT -> "chat";
                    case MODELS -> "models";
                    case NONE -> "none";
                });
        json.set("remark", remark(report));
        json.put("model", report.model());
        json.put("upstreamModel", report.upstreamModel());
        json.put("listed", report.listed());
        json.put("stream", report.stream());
        TrialReport.Answer answer = report.answer();
        if (answer != null) {
            json.put("text", answer.text());
            json.put("textCut", answer.cut());
            json.put("reasoning", answer.reasoning());
            json.put("finish", answer.finish());
            json.set("usage", usage(answer.usage()));
            json.set("firstContentMs", answer.firstContentMillis() < 0 ? null : number(answer.firstContentMillis()));
        }
        ModelListing listing = report.listing();
        if (listing != null && listing.fault() == null) {
            json.put("upstreamModels", listing.models().size());
            json.put("upstreamHasModel", listing.models().contains(report.upstreamModel()));
        }
        return facts(json, report.facts());
    }

    static ObjectNode of(ModelListing listing) {
        ObjectNode json = begin(listing.fault() == null, listing.fault());
        ArrayNode models = json.putArray("models");
        listing.models().forEach(models::add);
        json.put("cut", listing.cut());
        return facts(json, listing.facts());
    }

    static ObjectNode of(BalanceReport report) {
        ObjectNode json = begin(report.fault() == null, report.fault());
        ArrayNode balances = json.putArray("balances");
        for (Balance balance : report.balances()) {
            ObjectNode one = balances.addObject();
            one.put("left", amount(balance.left()));
            one.put("total", amount(balance.total()));
            one.put("used", amount(balance.used()));
            one.put("currency", cut(balance.currency()));
            one.put("part", cut(balance.part()));
        }
        return facts(json, report.facts());
    }

    private static ObjectNode begin(boolean ok, @Nullable Fault fault) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ok", ok);
        json.set("fault", fault == null ? null : fault(fault));
        return json;
    }

    private static ObjectNode fault(Fault fault) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", fault.kind().name());
        json.put("sub", fault.sub());
        json.put("message", fault.message());
        json.set("status", fault.status() == 0 ? null : number(fault.status()));
        json.put("vendorCode", fault.vendorCode());
        Duration after = fault.after();
        json.set("retryAfterMs", after == null ? null : number(after.toMillis()));
        json.set("hint", text(FaultHints.of(fault)));
        return json;
    }

    private static @Nullable ObjectNode remark(TrialReport report) {
        return switch (report.check()) {
            case CHAT -> null;
            case MODELS ->
                text(Text.of(
                        "This model does not chat, so no chat was tried. The upstream's list of models was asked for"
                                + " instead.",
                        "该模型不支持对话，因此未进行对话测试，改为获取上游模型列表。"));
            case NONE ->
                text(Text.of(
                        "This model does not chat, so a chat does not fit, and its upstream has no list of models."
                                + " Nothing was sent; make a picture or a task to try it.",
                        "该模型不支持对话，且上游没有模型列表，因此没有发送任何请求。请通过绘图或任务来测试。"));
        };
    }

    private static @Nullable ObjectNode usage(@Nullable Usage usage) {
        if (usage == null) {
            return null;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("input", usage.input());
        json.put("output", usage.output());
        json.put("cachedInput", usage.cachedInput());
        json.put("cacheWrite", usage.cacheWrite());
        json.put("reasoning", usage.reasoning());
        return json;
    }

    private static ObjectNode facts(ObjectNode json, InquiryFacts facts) {
        json.set("key", facts.key() < 0 ? null : number(facts.key()));
        json.put("keyMask", facts.mask());
        json.put("plugin", facts.pluginId());
        json.put("pluginVersion", facts.pluginVersion());
        json.put("generation", facts.generation());
        json.put("totalMs", facts.totalMillis());
        ArrayNode dropped = json.putArray("dropped");
        facts.dropped().forEach(dropped::add);
        ObjectNode notes = json.putObject("notes");
        facts.notes().forEach(notes::put);
        ArrayNode steps = json.putArray("steps");
        for (TrialStep step : facts.steps()) {
            steps.addObject().put("at", step.at()).put("step", step.what()).put("detail", step.detail());
        }
        return json;
    }

    private static JsonNode number(long value) {
        return JsonNodeFactory.instance.numberNode(value);
    }

    private static @Nullable String amount(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static ObjectNode text(Text text) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        text.byLanguage().forEach(json::put);
        return json;
    }
}
