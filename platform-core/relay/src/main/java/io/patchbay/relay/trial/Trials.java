package io.patchbay.relay.trial;

import io.patchbay.relay.call.RelayServices;

/** The ways to try a channel. They share {@value #MOST} seats, so that no more run at once. Thread-safe. */
public record Trials(ChannelTrial chat, ChannelModels models, ChannelBalance balance) {
    /** How many channels are tried at once. */
    public static final int MOST = 8;

    /** Puts them together. */
    public static Trials of(RelayServices services) {
        Seats seats = new Seats(MOST);
        ChannelModels models = new ChannelModels(services, seats);
        return new Trials(new ChannelTrial(services, models, seats), models, new ChannelBalance(services, seats));
    }
}
