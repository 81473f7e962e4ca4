package io.patchbay.relay.task;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.foundation.database.Database;
import io.patchbay.relay.artifact.Artifacts;
import io.patchbay.relay.artifact.IncomingFile;
import io.patchbay.relay.artifact.PromisedFiles;
import io.patchbay.relay.exchange.Timers;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.task.Artifact;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Products that only the channel's key can fetch. When a task ends well, each gets the address of a file at once; the
 * file is fetched right afterwards, and whoever asks for it meanwhile waits. What could not be fetched after a few
 * attempts is fetched when somebody asks for it again, for as long as the upstream keeps it. The task and its bill
 * know nothing of this: the upstream has made the product and is to be paid for it.
 *
 * <p>Each product is fetched once at a time, and no more than {@link FetchLimits#atOnce} products. Safe for many
 * threads.
 */
final class ProductFetches implements PromisedFiles, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProductFetches.class);
    private static final int MOST_RESTING = 10_000;
    private static final int MOST_REFERENCE = 200;

    private final Database database;
    private final Artifacts artifacts;
    private final Supplier<TaskFlows> flows;
    private final Timers timers;
    private final Executor work;
    private final InstantSource clock;
    private final FetchLimits limits;
    private final Map<String, CompletableFuture<Optional<Fault>>> running = new ConcurrentHashMap<>();
    private final Cache<String, Fault> resting;
    private final Object lock = new Object();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int busy;
    private boolean closed;

    /**
     * Creates the fetcher at rest.
     *
     * @param flows enters the plugins
     * @param work runs what blocks, each piece on a thread of its own
     */
    ProductFetches(
            Database database,
            Artifacts artifacts,
            Supplier<TaskFlows> flows,
            Timers timers,
            Executor work,
            InstantSource clock,
            FetchLimits limits) {
        this.database = database;
        this.artifacts = artifacts;
        this.flows = flows;
        this.timers = timers;
        this.work = work;
        this.clock = clock;
        this.limits = limits;
        this.resting = Caffeine.newBuilder()
                .maximumSize(MOST_RESTING)
                .expireAfterWrite(limits.rest())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /**
     * Promises a product of a task: the same address for the same reference, however often it is told. Blocks on the
     * database.
     *
     * @return the product as clients are told it
     * @throws IllegalArgumentException when the plugin named it in a way that cannot be kept
     */
    Artifact promise(String taskId, Artifact product) {
        String reference = product.upstreamReference();
        if (reference == null || reference.isEmpty() || reference.length() > MOST_REFERENCE) {
            throw new IllegalArgumentException("a reference has 1 to " + MOST_REFERENCE + " characters");
        }
        Artifacts.Reserved reserved = artifacts.reserve(product.kind(), product.contentType());
        ProductRow made = new ProductRow(
                reserved.name(), taskId, product.kind(), reference, product.contentType(), clock.millis(), null);
        String name = database.write(transaction -> {
            ProductMapper mapper = transaction.mapper(ProductMapper.class);
            for (ProductRow known : mapper.ofTask(taskId)) {
                if (known.reference().equals(reference)) {
                    return known.name();
                }
            }
            mapper.insert(made);
            return made.name();
        });
        String url = reserved.url()
                        .substring(0, reserved.url().length() - reserved.name().length())
                + name;
        return new Artifact(product.kind(), url, product.contentType(), false);
    }

    /** Fetches what was promised of a task that has ended well; blocks on the database. */
    void taskEnded(Task task) {
        task.state().artifacts().stream()
                .flatMap(artifact -> artifacts.name(artifact.url()).stream())
                .filter(name -> artifacts.find(name).isEmpty())
                .forEach(this::bring);
    }

    /** Goes on with what an earlier process of this node promised and had no time to fetch; blocks on the database. */
    void resume(String node) {
        long since = clock.instant().minus(limits.age()).toEpochMilli();
        List<String> open = database.read(ProductMapper.class, mapper -> mapper.open(node, since, limits.waiting()));
        open.forEach(this::bring);
    }

    @Override
    public Optional<CompletableFuture<Optional<Fault>>> bring(String name) {
        CompletableFuture<Optional<Fault>> known = running.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        ProductRow row = database.read(ProductMapper.class, mapper -> mapper.find(name));
        if (row == null) {
            return Optional.empty();
        }
        Fault refusal = resting.getIfPresent(name);
        if (refusal != null) {
            return Optional.of(CompletableFuture.completedFuture(Optional.of(refusal)));
        }
        CompletableFuture<Optional<Fault>> made = new CompletableFuture<>();
        CompletableFuture<Optional<Fault>> other = running.putIfAbsent(name, made);
        if (other != null) {
            return Optional.of(other);
        }
        if (artifacts.find(name).isPresent()) {
            // Somebody else was faster by a moment.
            running.remove(name, made);
            made.complete(Optional.empty());
        } else {
            begin(row, made);
        }
        return Optional.of(made);
    }

    /** Takes a turn, or waits for one. */
    private void begin(ProductRow row, CompletableFuture<Optional<Fault>> result) {
        result.whenComplete((fault, failure) -> running.remove(row.name(), result));
        Runnable fetch = () -> attempt(row, 0)
                .handle((fault, failure) -> failure == null ? fault : Optional.of(unexpected(row, failure)))
                .thenAccept(fault -> {
                    fault.ifPresent(why -> failed(row, why));
                    nextTurn();
                    result.complete(fault);
                });
        synchronized (lock) {
            if (closed || (busy >= limits.atOnce() && waiting.size() >= limits.waiting())) {
                result.complete(Optional.of(Fault.of(FaultKind.RATE, "too many products are being fetched")));
                return;
            }
            if (busy >= limits.atOnce()) {
                waiting.add(fetch);
                return;
            }
            busy++;
        }
        fetch.run();
    }

    private void nextTurn() {
        Runnable next;
        synchronized (lock) {
            next = closed ? null : waiting.poll();
            if (next == null) {
                busy--;
            }
        }
        if (next != null) {
            next.run();
        }
    }

    private Fault unexpected(ProductRow row, Throwable failure) {
        if (isClosed()) {
            log.debug("a product of task {} is left to the next start", row.taskId(), failure);
        } else {
            log.error("a product of task {} was fetched in an unexpected way", row.taskId(), failure);
        }
        return Fault.of(FaultKind.UPSTREAM, "the product could not be fetched");
    }

    private void failed(ProductRow row, Fault fault) {
        resting.put(row.name(), fault);
        if (!isClosed()) {
            log.warn("a product of task {} could not be fetched: {}: {}", row.taskId(), fault, fault.message());
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private CompletableFuture<Optional<Fault>> attempt(ProductRow row, int number) {
        return CompletableFuture.completedFuture(row)
                .thenComposeAsync(this::fetch, work)
                .thenCompose(fault -> {
                    Duration pause = fault.isEmpty() ? null : pause(fault.get(), number);
                    return pause == null
                            ? CompletableFuture.completedFuture(fault)
                            : after(pause).thenCompose(nothing -> attempt(row, number + 1));
                });
    }

    /** Returns how long to wait before it is tried once more, {@code null} to give up. */
    private @Nullable Duration pause(Fault fault, int number) {
        boolean hopeless = switch (fault.kind()) {
            case KEY_DEAD, QUOTA, CONFIG, UNSUPPORTED, PLUGIN -> true;
            default -> false;
        };
        if (hopeless || number >= limits.pauses().size()) {
            return null;
        }
        Duration usual = limits.pauses().get(number);
        Duration wish = fault.after();
        return wish == null || wish.compareTo(usual) < 0 ? usual : wish;
    }

    private CompletableFuture<@Nullable Void> after(Duration pause) {
        CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
        try {
            timers.after(pause, () -> over.complete(null));
        } catch (RejectedExecutionException e) {
            over.completeExceptionally(e);
        }
        return over;
    }

    /** One attempt. */
    private CompletableFuture<Optional<Fault>> fetch(ProductRow row) {
        TaskRow stored = database.read(TaskMapper.class, mapper -> mapper.find(row.taskId()));
        if (stored == null) {
            return CompletableFuture.completedFuture(
                    Optional.of(Fault.of(FaultKind.CONFIG, "the task of the product is no longer known")));
        }
        IncomingFile file;
        try {
            file = artifacts.receive(row.name());
        } catch (UncheckedIOException e) {
            return CompletableFuture.completedFuture(Optional.of(unstored(e)));
        }
        return flows.get()
                .fetch(TaskCodec.task(stored), row.product(), limits.time(), file::write)
                .handleAsync((fault, failure) -> taken(row, file, fault, failure), work);
    }

    private Optional<Fault> taken(
            ProductRow row, IncomingFile file, @Nullable Optional<Fault> fault, @Nullable Throwable failure) {
        try (file) {
            if (failure != null || fault == null) {
                return Optional.of(unexpected(row, failure == null ? new IllegalStateException() : failure));
            }
            if (fault.isEmpty()) {
                file.complete();
                database.write(
                        transaction -> transaction.mapper(ProductMapper.class).fetched(row.name(), clock.millis()));
            }
            return fault;
        } catch (IllegalArgumentException e) {
            return Optional.of(Fault.of(FaultKind.UPSTREAM, String.valueOf(e.getMessage())));
        } catch (UncheckedIOException e) {
            return Optional.of(unstored(e));
        }
    }

    /** Says what a disk that does not work means. */
    static Fault unstored(UncheckedIOException cause) {
        log.warn("a product could not be stored: {}", String.valueOf(cause.getCause()));
        return Fault.of(FaultKind.CONFIG, "the product could not be stored");
    }

    /** Begins no more; what waits is given up, and taken up at the next start. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            waiting.clear();
        }
    }
}
