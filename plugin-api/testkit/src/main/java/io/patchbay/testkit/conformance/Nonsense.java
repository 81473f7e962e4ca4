package io.patchbay.testkit.conformance;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What no upstream should send. */
final class Nonsense {
    /** The length from which a payload counts as huge. */
    static final int HUGE = 5 * 1024 * 1024;

    private Nonsense() {}

    /**
     * Returns payloads nobody should send, by what is wrong with them.
     *
     * @param huge whether some of megabytes are among them
     */
    static Map<String, byte[]> payloads(boolean huge) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (String json : new String[] {
            "null",
            "true",
            "7",
            "\"text\"",
            "[]",
            "[[]]",
            "{}",
            "{",
            "}",
            "{\"a\":",
            "NaN",
            "{'a':1}",
            "[DONE",
            "{\"choices\":null}",
            "{\"choices\":{}}",
            "{\"choices\":\"x\"}",
            "{\"choices\":[null]}",
            "{\"choices\":[7]}",
            "{\"choices\":[{}]}",
            "{\"choices\":[{\"delta\":7,\"message\":7}]}",
            "{\"choices\":[{\"index\":\"x\",\"delta\":{\"content\":7}}]}",
            "{\"choices\":[{\"index\":-1,\"delta\":{\"content\":\"a\"}}]}",
            "{\"choices\":[{\"index\":999999999999,\"delta\":{\"content\":\"a\"}}]}",
            "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":7}}]}",
            "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[7,null,{}]}}]}",
            "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":1e9,\"function\":7}]}}]}",
            "{\"choices\":[{\"index\":0,\"finish_reason\":7,\"delta\":{}}]}",
            "{\"choices\":[],\"usage\":\"many\"}",
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":-5}}",
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":1e999999,\"completion_tokens\":99999999999999999999}}",
            "{\"error\":null}",
            "{\"error\":7}",
            "{\"error\":[]}",
            "{\"error\":{}}",
            "{\"error\":\"words\"}",
            "{\"error\":{\"message\":7,\"code\":{}}}",
            "{\"id\":7,\"model\":[],\"choices\":[]}",
            "{\"data\":7}",
            "{\"data\":[7,null,{}]}",
            "{\"data\":{\"a\":1}}",
            "{\"data\":null}",
            "{\"data\":[{\"embedding\":\"!\",\"b64_json\":7,\"id\":7}]}",
            "{\"text\":7,\"results\":7}",
            "{\"results\":[7,null]}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":\"\\u12\"}"
        }) {
            all.put(json, json.getBytes(StandardCharsets.UTF_8));
        }
        all.put("100,000 open brackets", "[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        all.put("100,000 open objects", "{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        all.put(
                "invalid UTF-8",
                new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, (byte) 0xFF, '"', '}'});
        all.put("zero bytes", new byte[64]);
        if (!huge) {
            return all;
        }
        all.put("5 MB of letters", "x".repeat(HUGE).getBytes(StandardCharsets.UTF_8));
        all.put(
                "a 5 MB string",
                ("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(HUGE) + "\"}}]}")
                        .getBytes(StandardCharsets.UTF_8));
        return all;
    }
}
