package io.patchbay.plugin.bedrock;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.sign.SigV4Signer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses, credentials and errors of the Bedrock runtime. */
final class Runtime {
    static final String ACCESS = "accessKey";
    static final String SECRET = "secretKey";
    static final String REGION = "region";
    static final String SESSION = "sessionToken";
    static final String ENDPOINT = "https://bedrock-runtime.us-east-1.amazonaws.com";

    private static final Pattern HOST =
            Pattern.compile("(https://bedrock-runtime)\\.([a-z0-9-]+)\\.(amazonaws\\.com.*)");

    private Runtime() {}

    static HttpRequest.Builder converse(ChannelView channel, String model, boolean stream) {
        String path =
                "/model/" + URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20")
                        + (stream ? "/converse-stream" : "/converse");
        return authorized(channel, HttpRequest.post(base(channel) + path));
    }

    static HttpRequest.Builder foundationModels(ChannelView channel) {
        String management = base(channel).replace("://bedrock-runtime.", "://bedrock.");
        return authorized(channel, HttpRequest.get(management + "/foundation-models"));
    }

    /** The region of the credential moves an endpoint that is AWS's own; other endpoints stay as they are written. */
    private static String base(ChannelView channel) {
        String endpoint = channel.endpoint().replaceAll("/+$", "");
        Matcher host = HOST.matcher(endpoint);
        return host.matches() ? host.group(1) + "." + region(channel) + "." + host.group(3) : endpoint;
    }

    private static String region(ChannelView channel) {
        String said = channel.secret(REGION).reveal();
        if (!said.isEmpty()) {
            return said;
        }
        Matcher host = HOST.matcher(channel.endpoint());
        return host.matches() ? host.group(2) : "us-east-1";
    }

    private static HttpRequest.Builder authorized(ChannelView channel, HttpRequest.Builder request) {
        Secret access = channel.secret(ACCESS);
        Secret secret = channel.secret(SECRET);
        return secret.isEmpty()
                ? request.header("Authorization", access.prefixed("Bearer "))
                : request.signed(new SigV4Signer(access, secret, channel.secret(SESSION), region(channel), "bedrock"));
    }

    /** Returns what a refusal means: the exception's type stands in a header. */
    static Fault refusal(Answer answer) {
        String type = answer.header("x-amzn-errortype");
        return type == null ? answer.fault() : fault(answer.fault(), type);
    }

    /** Returns what an exception means, by its type and words. */
    static Fault fault(Fault read, String exception) {
        String type = exception.split("[:#]")[0].toLowerCase(Locale.ROOT);
        String words = read.message().toLowerCase(Locale.ROOT);
        FaultKind kind = switch (type) {
            case "validationexception" -> invalid(words);
            case "unrecognizedclientexception",
                    "invalidsignatureexception",
                    "expiredtokenexception",
                    "incompletesignature",
                    "incompletesignatureexception" ->
                words.contains("signature expired") || words.contains("signature not yet")
                        ? FaultKind.CLOCK
                        : FaultKind.KEY_DEAD;
            case "accessdeniedexception" -> words.contains("security token") ? FaultKind.KEY_DEAD : FaultKind.NO_ACCESS;
            case "resourcenotfoundexception" -> FaultKind.NO_ACCESS;
            case "throttlingexception" -> words.contains("per day") ? FaultKind.QUOTA : FaultKind.RATE;
            case "servicequotaexceededexception" -> FaultKind.QUOTA;
            case "modelnotreadyexception", "modeltimeoutexception", "serviceunavailableexception" -> FaultKind.RETRY;
            case "modelerrorexception", "modelstreamerrorexception", "internalserverexception" -> FaultKind.UPSTREAM;
            default -> read.kind();
        };
        return read.toBuilder()
                .kind(kind)
                .sub(null)
                .vendorCode(exception.split("[:#]")[0])
                .build();
    }

    private static FaultKind invalid(String words) {
        if (words.contains("too long")) {
            return FaultKind.TOO_LONG;
        }
        boolean elsewhere = words.contains("on-demand throughput") || words.contains("model identifier is invalid");
        return elsewhere ? FaultKind.NO_ACCESS : FaultKind.BAD_REQUEST;
    }
}
