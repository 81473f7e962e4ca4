package io.patchbay.server.vendor;

import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** AUTOMATIC1111's WebUI: one small picture for every job. */
public final class WebUiVendor implements Vendor {
    /** A transparent picture of one pixel. */
    private static final String PICTURE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    @Override
    public String plugin() {
        return "stable-diffusion";
    }

    @Override
    public String type() {
        return "stable-diffusion";
    }

    @Override
    public String model() {
        return "stable-diffusion";
    }

    @Override
    public String secret() {
        return "painter:colours-0815";
    }

    @Override
    public String expected() {
        return "![image](";
    }

    @Override
    public long[] usage() {
        return new long[0];
    }

    @Override
    public Script answer(ReceivedRequest request) {
        String login = Base64.getEncoder().encodeToString(secret().getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + login).equals(request.header("authorization"))) {
            return Script.answer(401).json("{\"detail\":\"Incorrect username or password\"}");
        }
        return switch (request.path()) {
            case "/sdapi/v1/txt2img" ->
                "Hello".equals(request.json().string("prompt"))
                        ? Script.answer().json("{\"images\":[\"" + PICTURE + "\"],\"parameters\":{},\"info\":\"{}\"}")
                        : Script.answer(422).json("{\"detail\":[]}");
            case "/sdapi/v1/progress" -> Script.answer().json("{\"progress\":0.5,\"eta_relative\":1,\"state\":{}}");
            default -> Script.answer(404).json("{\"detail\":\"Not Found\"}");
        };
    }
}
