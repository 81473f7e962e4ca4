package io.patchbay.plugin.hunyuan;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Secret;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.BaseAddress;
import io.patchbay.toolkit.Endpoints;
import io.patchbay.toolkit.VendorFaults;
import io.patchbay.toolkit.sign.Tc3Signer;

/** The server a channel points at: which of the three surfaces it is, and the credentials for it. */
record Hunyuan(ChannelView channel) {
    static final String CLOUD_HOST = "hunyuan.tencentcloudapi.com";
    static final String OLD_HOST = "hunyuan.cloud.tencent.com";
    static final String OPEN_HOST = "api.hunyuan.cloud.tencent.com";

    /** What the cloud API's codes mean, by its page "Error codes", read 2026-11. */
    static final VendorFaults FAULTS = VendorFaults.NONE
            .code(FaultKind.CLOCK, "AuthFailure.SignatureExpire")
            .code(FaultKind.NO_ACCESS, "AuthFailure.UnauthorizedOperation", "UnauthorizedOperation*")
            .code(FaultKind.KEY_DEAD, "AuthFailure*")
            .code(FaultKind.RATE, "RequestLimitExceeded*", "LimitExceeded*")
            .code(FaultKind.RATE, "FailedOperation.EngineServerLimitExceeded")
            .code(
                    FaultKind.QUOTA,
                    "FailedOperation.FreeResourcePackExhausted",
                    "FailedOperation.ResourcePackExhausted",
                    "FailedOperation.ServiceStopArrears",
                    "ResourceInsufficient.ChargeResourceExhaust",
                    "ResourceUnavailable.InArrears",
                    "ResourceUnavailable.LowBalance")
            .code(
                    FaultKind.KEY_DEAD,
                    "FailedOperation.ServiceNotActivated",
                    "FailedOperation.ServiceStop",
                    "FailedOperation.UserUnAuthError",
                    "ResourceUnavailable.NotExist",
                    "ResourceUnavailable.StopUsing")
            .code(FaultKind.CONTENT, "OperationDenied*", "FailedOperation.GenerateImageFailed")
            .code(FaultKind.NO_ACCESS, "InvalidParameterValue.Model")
            .code(FaultKind.BAD_REQUEST, "InvalidParameter*", "MissingParameter*", "UnknownParameter*")
            .code(FaultKind.UPSTREAM, "FailedOperation.*", "InternalError*");

    /** A surface of the vendor. */
    enum Surface {
        CLOUD,
        OLD,
        OPEN
    }

    Surface surface() {
        if (channel.secret(HunyuanDescriptor.SECOND).isEmpty()) {
            return Surface.OPEN;
        }
        boolean old = host().equals(OLD_HOST) || channel.endpoint().contains("/hyllm/");
        return old ? Surface.OLD : Surface.CLOUD;
    }

    Secret appId() {
        return channel.secret(HunyuanDescriptor.FIRST);
    }

    /** Returns the second of three parts, or the first of two. */
    Secret secretId() {
        return channel.secret(isPair() ? HunyuanDescriptor.FIRST : HunyuanDescriptor.SECOND);
    }

    /** Returns the last part. */
    Secret secretKey() {
        return channel.secret(isPair() ? HunyuanDescriptor.SECOND : HunyuanDescriptor.THIRD);
    }

    boolean isPair() {
        return channel.secret(HunyuanDescriptor.THIRD).isEmpty();
    }

    /** Begins an action of the cloud API, which is signed when it is sent. */
    HttpRequest.Builder action(String name) {
        return HttpRequest.post(BaseAddress.origin(channel.endpoint()) + "/")
                .header("X-TC-Action", name)
                .header("X-TC-Version", "2023-09-01")
                .header("X-TC-Region", "ap-guangzhou")
                .signed(Tc3Signer.of(secretId(), secretKey(), "hunyuan"));
    }

    /** Begins a call in OpenAI's dialect; a lone key that was left at another of the vendor's hosts is meant for this one. */
    HttpRequest.Builder open(String path) {
        boolean elsewhere = host().equals(CLOUD_HOST) || host().equals(OLD_HOST);
        String base = elsewhere ? "https://" + OPEN_HOST : channel.endpoint();
        return HttpRequest.post(Endpoints.join(base, path))
                .header("Authorization", channel.secret(HunyuanDescriptor.FIRST).prefixed("Bearer "));
    }

    private String host() {
        return BaseAddress.host(channel.endpoint());
    }
}
