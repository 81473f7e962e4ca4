package io.patchbay.relay.trial;

import io.patchbay.spi.Fault;
import io.patchbay.spi.Text;

/** What a fault means for an operator, and what to do about it. */
final class FaultHints {
    private FaultHints() {}

    /** Returns the words for a fault: by its finer word where that changes what is to be done, else by its kind. */
    static Text of(Fault fault) {
        String sub = fault.sub();
        return switch (sub == null ? "" : sub) {
            case "timeout" ->
                Text.of(
                        "The upstream was too slow. Try again, allow more time, or look at the vendor's"
                                + " status page; for thinking models raise the channel's time-outs.",
                        "上游响应过慢。请重试、延长等待时间，或查看服务商状态页；对于思考模型，请调高渠道的超时设置。");
            case "network" ->
                Text.of(
                        "No connection to the upstream. Check the endpoint's host, the proxy and this"
                                + " server's way out.",
                        "无法连接上游。请检查接入地址的主机名、代理以及本服务器的出网情况。");
            case "region_blocked" ->
                Text.of(
                        "The vendor refuses this server's region. Use a proxy in another region, or"
                                + " another endpoint.",
                        "服务商拒绝了本服务器所在的地区。请使用其他地区的代理，或更换接入地址。");
            case "endpoint" ->
                Text.of(
                        "Nothing that speaks this type's language answers at the endpoint. Check its"
                                + " path, for example whether it must end in /v1.",
                        "该接入地址上没有对应类型的服务。请检查路径，例如是否需要以 /v1 结尾。");
            default -> ofKind(fault);
        };
    }

    private static Text ofKind(Fault fault) {
        return switch (fault.kind()) {
            case BAD_REQUEST ->
                Text.of(
                        "The upstream refuses the request itself. Check the model's name, the parameters"
                                + " the channel sets, and whether the channel's type fits this vendor.",
                        "上游认为请求有误。请检查模型名称、渠道设置的参数，以及渠道类型是否与服务商相符。");
            case TOO_LONG ->
                Text.of(
                        "The prompt does not fit into this model's context. Try a shorter one.",
                        "提示词超出该模型的上下文长度。请换更短的提示词。");
            case CONTENT ->
                Text.of(
                        "A safety filter refused the prompt or the answer. Key and endpoint work; try"
                                + " another prompt.",
                        "提示词或回答被安全过滤拦截。密钥和接入地址可用，请更换提示词再试。");
            case NO_ACCESS ->
                Text.of(
                        "The key is good but may not use this model, or the upstream has no such model."
                                + " Compare with the list of models, correct the mapping, or enable the model at"
                                + " the vendor.",
                        "密钥有效，但无权使用该模型，或上游没有该模型。请对照模型列表、修正模型映射，或在服务商处开通。");
            case KEY_DEAD ->
                Text.of(
                        "The upstream does not accept this key: wrong, revoked or locked. Enter a new"
                                + " one, and check that it belongs to this endpoint.",
                        "上游不接受该密钥：错误、已吊销或被锁定。请填写新的密钥，并确认它属于该接入地址。");
            case KEY_STALE ->
                Text.of(
                        "The short-lived credential made from this key was refused. Try again; if it"
                                + " stays, the key itself is the cause.",
                        "由该密钥换取的临时凭证被拒绝。请重试；若仍失败，请检查密钥本身。");
            case QUOTA ->
                Text.of(
                        "The account has no balance or its quota is used up. Top it up, or raise its"
                                + " limit at the vendor.",
                        "账户余额不足或配额已用尽。请充值，或在服务商处提高限额。");
            case RATE ->
                Text.of(
                        "The key has reached a rate limit. Wait a moment; if calls meet it too, add keys"
                                + " or lower the channel's caps.",
                        "该密钥触发了频率限制。请稍候；若正常调用也会触发，请增加密钥或调低渠道上限。");
            case RETRY -> Text.of("The upstream is overloaded for the moment. Try again.", "上游暂时过载。请稍后重试。");
            case UPSTREAM ->
                Text.of(
                        "The upstream failed or answered something that is no answer. Check that the"
                                + " endpoint belongs to this type of channel; else it is the vendor's fault.",
                        "上游出错，或返回了无法理解的内容。请确认接入地址与渠道类型相符；否则为服务商故障。");
            case TRUNCATED ->
                Text.of(
                        "The answer broke off before its end. Try again; a proxy in between that cuts"
                                + " streams is a common cause.",
                        "回答在结束前中断。请重试；常见原因是中间代理截断了流式响应。");
            case CLOCK ->
                Text.of(
                        "The vendor rejects this server's time. Set the server's clock right, for example" + " by NTP.",
                        "服务商不接受本服务器的时间。请校准服务器时钟，例如启用 NTP。");
            case CONFIG ->
                Text.of("The channel's settings are wrong. Correct what the message names.", "渠道设置有误。请按提示信息修改。");
            case UNSUPPORTED ->
                Text.of(
                        "This type of channel cannot do that. If it must, choose another type; else"
                                + " nothing is wrong.",
                        "该渠道类型不支持此操作。请更换类型；若无需此功能，则可忽略。");
            case UNKNOWN_OUTCOME ->
                Text.of(
                        "The connection broke after the request was sent, so the upstream may have done"
                                + " the work. Look at the vendor's console before you try again.",
                        "请求发出后连接中断，上游可能已执行。重试前请先查看服务商控制台。");
            case PLUGIN ->
                Text.of(
                        "The plugin of this type failed. Update it or go back to its last version, and"
                                + " report the message to its author.",
                        "该类型的插件出错。请更新或回退插件版本，并将提示信息反馈给作者。");
        };
    }
}
