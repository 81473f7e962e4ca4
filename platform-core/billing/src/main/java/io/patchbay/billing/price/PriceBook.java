package io.patchbay.billing.price;

import io.patchbay.foundation.database.Database;
import io.patchbay.foundation.database.Database.Transaction;
import io.patchbay.foundation.database.DatabaseException;
import io.patchbay.foundation.state.Bus;
import io.patchbay.foundation.state.Subscription;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The price list of the site: what each model costs.
 *
 * <p>Reading is a look-up in an immutable snapshot that is swapped as a whole; it takes no lock and never sees half of a
 * change. Each change is one transaction that writes a new version with all rules, so that any charge
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

    /** Returns the list price of the model of exactly that name now, or empty when no rule names it. */
    public Optional<Price> find(String model) {
        return find(model, "");
    }

    /**
     * Returns the price of the model of exactly that name now, or empty when no rule in force names it.
     *
     * @param group the user's group, or empty for none
     */
    public Optional<Price> find(String model, String group) {
        return current.find(model, group, clock.instant());
    }

    /** Returns what a price looked up now is looked up with, for calls whose model has no price. */
    public PriceTag tag(String group) {
        return new PriceTag(current.version(), group, clock.instant());
    }

    /** Returns all rules in list order. */
    public List<PriceRule> rules() {
        return current.rules();
    }

    /** Returns the number of the current version; 0 before the first change. */
    public long version() {
        return current.version();
    }

    /** Returns what members of a group pay of the list price, by the group's name; a group not named pays all. */
    public Map<String, BigDecimal> groups() {
        return current.document().groups();
    }

    /** Returns the price that was looked up with a tag, or empty when its version is unknown or did not name the model. */
    public Optional<Price> findAt(String model, PriceTag tag) {
        PriceList list = current;
        if (tag.version() != list.version()) {
            String json = database.read(PriceMapper.class, mapper -> mapper.rulesOf(tag.version()));
            if (json == null) {
                return Optional.empty();
            }
            list = new PriceList(tag.version(), PriceDocument.parse(json));
        }
        return list.find(model, tag.group(), tag.at());
    }

    /** Adds the rule when its number is {@link #NEW_RULE}; else replaces the rule of that number; unknown: nothing. */
    public void set(PriceRule rule) {
        changeRules(list -> list.set(rule));
    }

    /** Removes the rule of that number; unknown: nothing. */
    public void delete(long id) {
        changeRules(list -> list.delete(id));
    }

    /**
     * Takes over the rules of another list.
     *
     * @param incoming rules whose numbers do not matter
     * @param overwrite whether the incoming rules win for models that have a price already; else only models without
     *     a price are added
     */
    public void sync(List<PriceRule> incoming, boolean overwrite) {
        changeRules(list -> merged(list, incoming, overwrite));
    }

    private static List<PriceRule> merged(PriceList list, List<PriceRule> incoming, boolean overwrite) {
        return overwrite ? list.overwrite(incoming) : list.addMissing(incoming);
    }

    /** Returns what {@link #sync} would do with the same values now; nothing is stored. */
    public PriceChanges preview(List<PriceRule> incoming, boolean overwrite) {
        PriceList list = current;
        PriceDocument after = list.document().withRules(merged(list, incoming, overwrite));
        checkSize(after);
        return PriceChanges.between(list, new PriceList(list.version(), after), clock.instant());
    }

    /** Returns how many versions there have been. */
    public long versionCount() {
        return database.read(PriceMapper.class, PriceMapper::count);
    }

    /**
     * Returns versions, newest first.
     *
     * @param skip how many newer ones are left out
     * @param limit how many are returned at most
     */
    public List<PriceVersion> versions(long skip, int limit) {
        return database.read(PriceMapper.class, mapper -> mapper.page(skip, limit)).stream()
                .map(PriceBook::version)
                .toList();
    }

    /** Returns a version, or empty when there is none of that number. */
    public Optional<PriceVersion> version(long number) {
        return Optional.ofNullable(database.read(PriceMapper.class, mapper -> mapper.dated(number)))
                .map(PriceBook::version);
    }

    /**
     * Makes a new version with what an earlier one said; nothing happens when the current one says the same.
     *
     * @return false when there is no version of that number
     */
    public boolean restore(long number) {
        Optional<PriceVersion> then = version(number);
        then.ifPresent(version -> change(list -> new PriceDocument(version.rules(), version.groups())));
        return then.isPresent();
    }

    private static PriceVersion version(PriceMapper.Dated stored) {
        PriceDocument document = PriceDocument.parse(stored.rules());
        return new PriceVersion(
                stored.version(), Instant.ofEpochMilli(stored.createdAt()), document.rules(), document.groups());
    }

    /**
     * Sets what members of groups pay of the list price.
     *
     * @param multipliers by the name of the group, none of them null; the groups that are not named pay the list price
     * @throws IllegalArgumentException with a sentence for the administrator when one cannot be used
     */
    public void setGroups(Map<String, @Nullable BigDecimal> multipliers) {
        change(list -> list.document().withGroups(multipliers));
    }

    /** Stops following the changes of other nodes. */
    @Override
    public void close() {
        subscription.close();
        watcher.interrupt();
    }

    private void changeRules(Function<PriceList, List<PriceRule>> edit) {
        change(list -> list.document().withRules(edit.apply(list)));
    }

    private void change(Function<PriceList, PriceDocument> edit) {
        long version = storeWithRetry(edit);
        if (version > current.version()) {
            reload();
            bus.publish(TOPIC, Long.toString(version));
            log.info(
                    "prices: version {} with {} rules", version, current.rules().size());
        }
    }

    private long storeWithRetry(Function<PriceList, PriceDocument> edit) {
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

    private long store(Transaction tx, Function<PriceList, PriceDocument> edit) {
        PriceMapper mapper = tx.mapper(PriceMapper.class);
        mapper.takeTurn();
        PriceList before = load(mapper);
        PriceDocument after = edit.apply(before);
        if (after.equals(before.document())) {
            return before.version();
        }
        checkSize(after);
        long version = before.version() + 1;
        mapper.insertVersion(version, after.toJson(), clock.millis());
        return version;
    }

    private static void checkSize(PriceDocument document) {
        int rules = document.rules().size();
        if (rules > MAX_RULES) {
            throw new IllegalArgumentException(
                    "the price list would have %d rules; at most %d are allowed".formatted(rules, MAX_RULES));
        }
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
        PriceMapper.Stored newest = mapper.newest();
        return newest == null ? PriceList.EMPTY : new PriceList(newest.version(), PriceDocument.parse(newest.rules()));
    }
}
