package io.patchbay.relay.exchange;

import io.patchbay.relay.address.AddressRefused;
import io.patchbay.spi.Bytes;
import io.patchbay.spi.http.HttpRequest;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches one address that an operator has named, as upstreams are asked: to the same servers only, with verified
 * certificates, without following redirects. Nothing of the site's goes out with it. At most {@value #SEATS} fetches run
 * at once. Safe for many threads.
 */
public final class PlainFetch {
    private static final int SEATS = 4;

    private final UpstreamClient client;
    private final Semaphore seats = new Semaphore(SEATS);

    /**
     * What came.
     *
     * @param status the HTTP status
     * @param body the whole body when the status is 200, else empty
     */
    public record Page(int status, byte[] body) {}

    /** Why nothing came; the message is the end of a sentence that begins with the address. */
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    /** Makes one that asks through a client. */
    public PlainFetch(UpstreamClient client) {
        this.client = client;
    }

    /**
     * Fetches an address; blocks.
     *
     * @param address http or https
     * @param limit the most bytes the body may have
     * @param timeout how long it may take altogether
     * @throws Failed when it is not asked, cannot be reached, takes longer or is longer
     */
    public Page get(URI address, int limit, Duration timeout) throws Failed {
        if (!seats.tryAcquire()) {
            throw new Failed("was not asked, because %d others are being asked already; try again".formatted(SEATS));
        }
        try {
            return new Fetch(limit).run(address, timeout);
        } finally {
            seats.release();
        }
    }

    private final class Fetch implements UpstreamExchange.Listener {
        private final int limit;
        private final Serial serial = new Serial();
        private final CompletableFuture<Page> page = new CompletableFuture<>();
        private final CompletableFuture<UpstreamExchange> sent = new CompletableFuture<>();
        private final Collected body;

        Fetch(int limit) {
            this.limit = limit;
            this.body = new Collected(limit);
        }

        Page run(URI address, Duration timeout) throws Failed {
            try {
                HttpRequest request = HttpRequest.get(address.toString())
                        .header("Accept", "application/json")
                        .build();
                UpstreamExchange exchange = client.exchange(request, Egress.DIRECT, new Redactor(), serial, this);
                sent.complete(exchange);
                serial.execute(exchange::send);
                return page.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Failed failed ? failed : reason(e);
            } catch (TimeoutException e) {
                throw new Failed("did not answer within %d s".formatted(timeout.toSeconds()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failed("was not waited for, because the server stops");
            } catch (RuntimeException e) {
                throw reason(e);
            } finally {
                sent.thenAccept(exchange -> serial.execute(exchange::cancel));
            }
        }

        @Override
        public void head(Head head) {
            if (head.status() == 200) {
                readOn();
            } else {
                page.complete(new Page(head.status(), new byte[0]));
            }
        }

        @Override
        public void bytes(Bytes read) {
            body.add(read);
            if (body.overflowed()) {
                page.completeExceptionally(new Failed("has more than %d MiB to tell".formatted(limit / 1024 / 1024)));
            } else {
                readOn();
            }
        }

        @Override
        public void end() {
            page.complete(new Page(200, body.view().copy()));
        }

        @Override
        public void broken(Throwable cause, boolean answered) {
            page.completeExceptionally(reason(cause));
        }

        private void readOn() {
            sent.thenAccept(UpstreamExchange::readOn);
        }
    }

    private static Failed reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AddressRefused) {
                return new Failed(
                        "is not asked: its server has an address of the link, of a cloud's metadata, or, while"
                                + " relay.channel_private is false, of a private network, or is written as a number in a form"
                                + " that is not taken");
            }
            if (cause instanceof UnknownHostException) {
                return new Failed("could not be reached: there is no server of that name");
            }
        }
        return new Failed("could not be reached, or cut its answer off (%s)"
                .formatted(failure.getClass().getSimpleName()));
    }
}
