package io.patchbay.server.vendor;

import io.patchbay.testkit.upstream.ReceivedRequest;
import io.patchbay.testkit.upstream.Script;
import java.net.URI;
import java.util.Map;

/** One vendor's protocol, played by a scripted upstream over a real socket. Answers every chat with {@link #TEXT}. */
public interface Vendor {
    /** What a chat is answered with, unless {@link #expected()} says otherwise. */
    String TEXT = "Good day, 世界!";

    /** Returns the folder of the plugin that is installed for this vendor, for example {@code openai}. */
    String plugin();

    /** Returns the channel type, for example {@code openai}. */
    String type();

    /** Returns the model a client asks for. */
    String model();

    /** Returns the credential line of the channel, made up. */
    String secret();

    /** Returns the channel's endpoint for an upstream at that address. */
    default String endpoint(URI upstream) {
        return upstream.toString();
    }

    /** Returns further fields of the channel's form. */
    default Map<String, Object> options() {
        return Map.of();
    }

    /** Returns a text the answer must contain. */
    default String expected() {
        return TEXT;
    }

    /** Returns the input and output tokens the answer must be billed for, or nothing when the vendor tells none. */
    default long[] usage() {
        return new long[] {9, 4};
    }

    /**
     * Answers one request of the plugin, by its path. A request that is not as the vendor documents it (missing signature,
     * wrong version header, …) must be refused as the vendor would.
     */
    Script answer(ReceivedRequest request);
}
