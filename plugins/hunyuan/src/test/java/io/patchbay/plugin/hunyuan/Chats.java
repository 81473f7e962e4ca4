package io.patchbay.plugin.hunyuan;

/** Bodies of chats. */
final class Chats {
    static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
            + "\"parameters\":{\"type\":\"object\"}}},{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}]";
    static final String PICTURE =
            "[{\"type\":\"image_url\",\"image_url\":{\"url\":" + "\"data:image/png;base64,iVBORw0KGgo=\"}}]";

    private Chats() {}

    static String body(String model, boolean stream, String content, String more) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":"
                + content + "}]" + more + "}";
    }
}
