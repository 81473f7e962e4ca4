package io.patchbay.plugin.dashscope;

import io.patchbay.spi.ChannelView;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.toolkit.VendorFaults;

/** The server a channel points at, and what its errors mean. */
record DashScope(ChannelView channel) {
    /** By the page "Status codes", read 2026-11. */
    static final VendorFaults FAULTS = VendorFaults.NONE
            .words(FaultKind.TOO_LONG, "range of input length", "*")
            .code(
                    FaultKind.CONTENT,
                    "DataInspectionFailed",
                    "data_inspection_failed",
                    "InvalidParameter.DataInspection")
            .code(FaultKind.KEY_DEAD, "InvalidApiKey", "invalid_api_key")
            .code(FaultKind.QUOTA, "Arrearage", "AllocationQuota.FreeTierOnly")
            .words(FaultKind.QUOTA, "free", "insufficient_quota", "Throttling.AllocationQuota")
            .words(FaultKind.QUOTA, "exhausted", "insufficient_quota", "Throttling.AllocationQuota")
            .code(FaultKind.RATE, "insufficient_quota", "Throttling*", "LimitRequests", "limit_requests")
            .code(FaultKind.NO_ACCESS, "AccessDenied*", "Model.AccessDenied", "access_denied")
            .code(FaultKind.NO_ACCESS, "ModelNotFound", "model_not_found", "model_not_supported")
            .code(FaultKind.BAD_REQUEST, "InvalidParameter*", "invalid_parameter_error", "BadRequest*")
            .code(FaultKind.BAD_REQUEST, "InvalidURL", "UnsupportedOperation")
            .code(FaultKind.RETRY, "ModelUnavailable", "ServiceUnavailable", "ModelServiceFailed", "ModelServingError")
            .code(FaultKind.UPSTREAM, "RequestTimeOut", "InternalError*", "SystemError", "internal_error");

    /** Begins a POST; an operator may have written the endpoint of either API. */
    HttpRequest.Builder post(String path) {
        return begun(HttpRequest.post(base() + path));
    }

    /** Begins a GET. */
    HttpRequest.Builder get(String path) {
        return begun(HttpRequest.get(base() + path));
    }

    private String base() {
        return channel.endpoint().strip().replaceAll("/+$", "").replaceAll("/(api|compatible-mode)/v1(/.*)?$", "");
    }

    private HttpRequest.Builder begun(HttpRequest.Builder request) {
        request.header("Authorization", channel.secret(DashScopeDescriptor.KEY).prefixed("Bearer "));
        String workspace = channel.option(DashScopeDescriptor.WORKSPACE).strip();
        return workspace.isEmpty() ? request : request.header("X-DashScope-WorkSpace", workspace);
    }
}
