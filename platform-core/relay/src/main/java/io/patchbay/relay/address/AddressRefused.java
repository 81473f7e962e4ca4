package io.patchbay.relay.address;

/** An address is not asked. The message is a whole sentence for the operator and names no address. */
public final class AddressRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private AddressRefused(String sentence) {
        super(sentence);
    }

    /** Returns the refusal of an address of {@link ClosedAddresses}. */
    static AddressRefused closed() {
        return new AddressRefused("The server of the upstream has an address of the link or of a cloud's metadata, "
                + "which no channel may ask. Correct the endpoint of the channel.");
    }

    /** Returns the refusal of an address outside the public Internet. */
    static AddressRefused inside() {
        return new AddressRefused("The server of the upstream has a private address, and relay.channel_private is "
                + "false. Set it to true, or correct the endpoint of the channel.");
    }

    /** Returns the refusal of a number that readers of addresses do not agree about. */
    static AddressRefused unclear() {
        return new AddressRefused("The server of the upstream is written as a number in a form that is not taken. "
                + "Write four decimal numbers with dots, or a name.");
    }
}
