package io.patchbay.billing.price;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.database.Database.Transaction;
import io.patchbay.foundation.database.DatabaseException;
import io.patchbay.foundation.json.Json;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.Subscription;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The price list of the site: what each model costs.
 *
 * <p>Reading is a look-up in an immutable snapshot that is swapped as a whole; it takes no lock and never sees half of a
 * change. Each change is one transaction that writes the rules and a new version with all of them, so that any charge
 * can be computed again later; other nodes learn of it over the bus, or within a minute by looking, and read the new
 * version.
 *
 * <p>Safe for use by many threads. Methods that change the list block on the database.
 */
public final class PriceBook implements AutoCloseable {
    /** The rule number that asks for a new rule. */
    public static final long NEW_RULE = -1;

    /** The bus topic on which a new version is announced; the message is its number. */
    public static final String TOPIC = "prices";

    private static final Logger log = LoggerFactory.getLogger(PriceBook.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 5;
    private static final int MAX_RULES = 10_000;
    private static final TypeReference<List<PriceRule>> RULES = new TypeReference<>() {};
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private final Database database;
    private final Bus bus;
    private final InstantSource clock;
    private final Object reloading = new Object();
    private volatile PriceList current = PriceList.EMPTY;
    private final Subscription subscription;
    private final Thread watcher;

    private PriceBook(Database database, Bus bus, InstantSource clock) {
        this.database = database;
        this.bus = bus;
        this.clock = clock;
        this.subscription = bus.subscribe(TOPIC, this::announced);
        this.watcher = Thread.ofVirtual().name("prices-watch").unstarted(this::watch);
    }

    /** Returns the mapper types that the database must know. */
    public static List<Class<?>> mappers() {
        return List.of(PriceMapper.class);
    }

    /** Reads the current rules and follows the changes of other nodes until closed. */
    public static PriceBook open(Database database, Bus bus, InstantSource clock) {
        PriceBook book = new PriceBook(database, bus, clock);
        book.reload();
        book.watcher.start();
        return book;
    }

    /** Returns the price of the model of exactly that name, or empty when no rule names it. */
    public Optional<Price> find(String model) {
        return current.find(model);
    }

    /** Returns all rules in list order. */
    public List<PriceRule> rules() {
        return current.rules();
    }

    /** Returns the number of the current version; 0 before the first change. */
    public long version() {
        return current.version();
    }

    /** Returns the price that a model had at a version, or empty when the version is unknown or did not name it. */
    public Optional<Price> findAt(String model, long version) {
        PriceList now = current;
        if (version == now.version()) {
            return now.find(model);
        }
        String rules = database.read(PriceMapper.class, mapper -> mapper.rulesOf(version));
        return rules == null ? Optional.empty() : new PriceList(version, parse(rules, RULES)).find(model);
    }

    /** Adds the rule when its number is {@link #NEW_RULE}; else replaces the rule of that number; unknown: nothing. */
    public void set(PriceRule rule) {
        change(list -> list.set(rule));
    }

    /** Removes the rule of that number; unknown: nothing. */
    public void delete(long id) {
        change(list -> list.delete(id));
    }

    /**
     * Takes over the rules of another list.
     *
     * @param incoming rules whose numbers do not matter
     * @param overwrite whether the incoming rules win for models that have a price already; else only models without
     *     a price are added
     */
    public void sync(List<PriceRule> incoming, boolean overwrite) {
        change(list -> overwrite ? list.overwrite(incoming) : list.addMissing(incoming));
    }

    /** Stops following the changes of other nodes. */
    @Override
    public void close() {
        subscription.close();
        watcher.interrupt();
    }

    private void change(Function<PriceList, List<PriceRule>> edit) {
        long version = storeWithRetry(edit);
        if (version > current.version()) {
            reload();
            bus.publish(TOPIC, Long.toString(version));
            log.info(
                    "prices: version {} with {} rules", version, current.rules().size());
        }
    }

    private long storeWithRetry(Function<PriceList, List<PriceRule>> edit) {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.write(tx -> store(tx, edit));
            } catch (DatabaseException e) {
                // Only the very first change has no row to wait for: two of them ask for the same version number.
                if (!e.isDuplicate() || attempt == ATTEMPTS) {
                    throw e;
                }
                log.debug("prices: change collided, attempt {}", attempt, e);
            }
        }
    }

    private long store(Transaction tx, Function<PriceList, List<PriceRule>> edit) {
        PriceMapper mapper = tx.mapper(PriceMapper.class);
        mapper.takeTurn();
        PriceList before = load(mapper);
        List<PriceRule> after = edit.apply(before);
        if (after.equals(before.rules())) {
            return before.version();
        }
        if (after.size() > MAX_RULES) {
            throw new IllegalArgumentException(
                    "the price list would have %d rules; at most %d are allowed".formatted(after.size(), MAX_RULES));
        }
        long version = before.version() + 1;
        mapper.insertVersion(version, Json.write(after), clock.millis());
        mapper.deleteRules();
        int position = 0;
        for (PriceRule rule : after) {
            mapper.insertRule(new PriceRow(
                    rule.id(),
                    position++,
                    rule.type(),
                    Json.write(rule.models()),
                    rule.input().toPlainString(),
                    rule.output().toPlainString(),
                    rule.anonymous(),
                    version));
        }
        return version;
    }

    private void announced(String message) {
        if (!message.equals(Long.toString(current.version()))) {
            // The bus wants its thread back at once.
            Thread.ofVirtual().name("prices-reload").start(this::reloadOrWarn);
        }
    }

    /** The bus may lose a message. */
    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                reloadOrWarn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void reloadOrWarn() {
        try {
            reload();
        } catch (RuntimeException e) {
            log.warn("prices: the current version cannot be read, going on with version {}", current.version(), e);
        }
    }

    private void reload() {
        synchronized (reloading) {
            Long newest = database.read(PriceMapper.class, PriceMapper::version);
            if (newest == null || newest <= current.version()) {
                return;
            }
            PriceList read = database.read(PriceMapper.class, PriceBook::load);
            if (read.version() > current.version()) {
                current = read;
            }
        }
    }

    private static PriceList load(PriceMapper mapper) {
        // One statement reads the rules together with their version, so that they cannot belong to different changes.
        List<PriceRow> rows = mapper.rules();
        if (rows.isEmpty()) {
            Long version = mapper.version();
            return version == null ? PriceList.EMPTY : new PriceList(version, List.of());
        }
        List<PriceRule> rules = new ArrayList<>(rows.size());
        for (PriceRow row : rows) {
            rules.add(new PriceRule(
                    row.id(),
                    row.type(),
                    parse(row.models(), NAMES),
                    new BigDecimal(row.input()),
                    new BigDecimal(row.output()),
                    row.anonymous()));
        }
        return new PriceList(rows.getFirst().version(), rules);
    }

    private static <T> T parse(String json, TypeReference<T> type) {
        try {
            return Json.read(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored price rules are not valid JSON", e);
        }
    }
}
