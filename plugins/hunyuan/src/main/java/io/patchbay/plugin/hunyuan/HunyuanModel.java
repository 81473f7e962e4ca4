package io.patchbay.plugin.hunyuan;

/** What is known of a model by its name. Unknown names are taken for chats in text. */
record HunyuanModel(String name) {
    /** Returns the name to ask for; an older product had one name only, for whatever was served. */
    String sent() {
        return name.equals("hunyuan") ? "hunyuan-turbos-latest" : name;
    }

    boolean sees() {
        return name.contains("vision");
    }

    boolean thinks() {
        return switchesThinking() || name.contains("-t1");
    }

    /** Returns whether thinking can be switched on and off. */
    boolean switchesThinking() {
        return name.contains("a13b") || name.startsWith("hy3");
    }

    boolean makesVectors() {
        return name.contains("embedding");
    }
}
