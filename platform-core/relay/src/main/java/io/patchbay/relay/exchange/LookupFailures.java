package io.patchbay.relay.exchange;

import io.patchbay.relay.address.ChannelAddresses;
import io.patchbay.relay.address.GuardedResolver;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What a connection to an upstream fails with when its name leads nowhere it may go. */
record LookupFailures(ChannelAddresses addresses) implements GuardedResolver.Refusal {
    @Override
    public Throwable unknown(UnknownHostException cause) {
        return cause;
    }

    @Override
    public Throwable forbidden(List<InetAddress> refused) {
        return addresses.refusal(refused);
    }

    @Override
    public Throwable busy() {
        // Nothing has been sent, which this type says.
        return new ConnectException("too many names are being looked up");
    }
}
