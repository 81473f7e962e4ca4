package io.patchbay.plugin.sparkdesk;

import java.util.Map;

/**
 * Where a model is served (sparkdesk page, read 2026-11). Path and domain must match, and the vendor renames domains now
 * and then, so a channel may say others.
 *
 * @param path of the socket's address
 * @param domain what the request calls the model
 * @param most the largest bound of an answer in tokens
 * @param system whether the tier knows system messages
 * @param functions whether the tier calls functions
 */
record Tier(String path, String domain, long most, boolean system, boolean functions) {
    private static final Tier LITE = new Tier("/v1.1/chat", "lite", 4_096, false, false);

    private static final Map<String, Tier> KNOWN = Map.ofEntries(
            Map.entry("spark-desk-lite", LITE),
            Map.entry("spark-desk-pro", new Tier("/v3.1/chat", "generalv3", 8_192, false, true)),
            Map.entry("spark-desk-pro-128k", new Tier("/chat/pro-128k", "pro-128k", 4_096, false, false)),
            Map.entry("spark-desk-max", new Tier("/v3.5/chat", "generalv3.5", 8_192, true, true)),
            Map.entry("spark-desk-max-32k", new Tier("/chat/max-32k", "max-32k", 8_192, true, false)),
            Map.entry("spark-desk-4.0-ultra", new Tier("/v4.0/chat", "4.0Ultra", 32_768, true, true)),
            Map.entry("spark-x", new Tier("/v1/x1", "spark-x", 65_536, true, false)),
            // The names of the seed's third generation.
            Map.entry("spark-desk-v1.5", LITE),
            Map.entry("spark-desk-v2", new Tier("/v2.1/chat", "generalv2", 4_096, false, false)),
            Map.entry("spark-desk-v3", new Tier("/v3.1/chat", "generalv3", 8_192, false, true)),
            Map.entry("spark-desk-v3.5", new Tier("/v3.5/chat", "generalv3.5", 8_192, true, true)));

    /**
     * Returns the tier of a model.
     *
     * @param overrides lines {@code model=path domain}, which win; lines of another form do not count
     */
    static Tier of(String model, String overrides) {
        Tier known = KNOWN.getOrDefault(model, LITE);
        for (String line : overrides.split("[\\n;]")) {
            String[] sides = line.strip().split("=", 2);
            String[] words = sides.length < 2 ? new String[0] : sides[1].strip().split("\\s+");
            if (words.length == 2 && sides[0].strip().equals(model) && words[0].startsWith("/")) {
                return new Tier(words[0], words[1], known.most, known.system, known.functions);
            }
        }
        return known;
    }

    /** Returns whether the model thinks before it answers. */
    boolean reasons() {
        return domain.startsWith("spark-x") || domain.startsWith("x1");
    }
}
