package io.patchbay.server.crash;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All orders of one run, by their marks. Safe for use by many threads. */
final class Orders {
    private static final Pattern MARK = Pattern.compile("mark-[0-9a-z-]+");

    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, Order> byMark = new ConcurrentHashMap<>();
    private final Map<Long, Order> byNumber = new ConcurrentHashMap<>();

    /**
     * Makes an order.
     *
     * @param who the client, in letters, digits and hyphens
     */
    Order next(String who, Deed deed, RandomGenerator chance) {
        long number = numbers.incrementAndGet();
        Order order = deed.order(number, "mark-" + who + "-" + number, chance);
        byMark.put(order.mark(), order);
        byNumber.put(number, order);
        return order;
    }

    /** Returns the order whose mark is in that prompt. */
    Order in(String prompt) {
        Matcher found = MARK.matcher(prompt);
        Order order = found.find() ? byMark.get(found.group()) : null;
        if (order == null) {
            throw new AssertionError("a prompt without the mark of an order");
        }
        return order;
    }

    /** Returns the call that is charged by so many input tokens, which no other is; {@code null} when none is. */
    @Nullable
    Order byInputTokens(long input) {
        return byNumber.get(input - Draft.FEWEST_INPUT_TOKENS);
    }

    /** Returns all orders. */
    Collection<Order> all() {
        return byMark.values();
    }
}
