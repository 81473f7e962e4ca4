package io.patchbay.relay.record;

import io.patchbay.billing.Credits;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines of the request log as JSON. The members of the original come first, those of this server behind them.
 *
 * <p>{@code prompts} and {@code response_prompts} are always empty: what people ask and are answered is never stored, and
 * the members are there only because the original's client reads them.
 */
final class RecordJson {
    private static final int MILLI_DECIMALS = 3;

    private RecordJson() {}

    /**
     * What the reader may see.
     *
     * @param operator whether he is an administrator
     * @param channels whether he wants to see channels, which only administrators can
     */
    record Sight(boolean operator, boolean channels) {
        Sight {
            channels = channels && operator;
        }
    }

    /** Returns a line. */
    static Map<String, @Nullable Object> write(RecordLine line, RecordNames names, Sight sight) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("user_id", line.userId());
        json.put("username", names.user(line));
        json.put("type", line.type().label());
        json.put("token_name", names.key(line));
        switch (line) {
            case RecordLine.Call(RequestRecord record) -> call(json, record, sight);
            case RecordLine.Change(LedgerLine change) -> change(json, change);
        }
        json.put("detail", RecordDetail.of(line, sight.operator()));
        json.put("prompts", "");
        json.put("response_prompts", "");
        json.put("created_at", RecordTimes.print(line.at()));
        if (line instanceof RecordLine.Call(RequestRecord record)) {
            facts(json, record, sight);
        }
        return json;
    }

    private static void call(Map<String, @Nullable Object> json, RequestRecord record, Sight sight) {
        json.put("model", record.model());
        json.put("input_tokens", record.inputTokens());
        json.put("output_tokens", record.outputTokens());
        json.put("quota", Credits.toDecimal(record.micro()));
        json.put("duration", seconds(record.durationMs()));
        if (sight.channels()) {
            json.put("channel", record.channelId());
            json.put("channel_name", record.channelName());
        }
    }

    private static void change(Map<String, @Nullable Object> json, LedgerLine change) {
        json.put("model", "");
        json.put("input_tokens", 0);
        json.put("output_tokens", 0);
        json.put("quota", Credits.toDecimal(change.micro()));
        json.put("duration", 0);
    }

    private static void facts(Map<String, @Nullable Object> json, RequestRecord record, Sight sight) {
        json.put("request_id", record.requestId());
        json.put("status", record.status());
        json.put("outcome", record.outcome());
        json.put("fault", record.fault());
        json.put("attempts", record.attempts());
        json.put("first_token_ms", record.firstTokenMs() < 0 ? null : record.firstTokenMs());
        json.put("streamed", record.streamed());
        json.put("cached_tokens", record.cachedTokens());
        json.put("reasoning_tokens", record.reasoningTokens());
        json.put("estimated", record.estimated());
        json.put("paid_by", record.paidBy());
        json.put("written_off", Credits.toDecimal(record.writtenOff()));
        json.put("task_id", record.taskId());
        if (sight.operator()) {
            json.put("upstream_model", record.upstreamModel());
            json.put("plugin", RecordDetail.plugin(record));
        }
    }

    /** Returns milliseconds in seconds, exactly. */
    static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, MILLI_DECIMALS);
    }
}
