package io.patchbay.plugin.dify;

import io.patchbay.spi.ChannelView;

/** A kind of Dify app: each has routes of its own. */
enum App {
    CHAT("chat-messages", "chat-messages/%s/stop"),
    COMPLETION("completion-messages", "completion-messages/%s/stop"),
    WORKFLOW("workflows/run", "workflows/tasks/%s/stop");

    private final String route;
    private final String stop;

    App(String route, String stop) {
        this.route = route;
        this.stop = stop;
    }

    static App of(ChannelView channel) {
        return switch (channel.option("appType")) {
            case "completion" -> COMPLETION;
            case "workflow" -> WORKFLOW;
            default -> CHAT;
        };
    }

    String route() {
        return route;
    }

    /** Returns the route that stops a task. */
    String stop(String task) {
        return stop.formatted(task);
    }
}
