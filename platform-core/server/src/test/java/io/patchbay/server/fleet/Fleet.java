package io.patchbay.server.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Twenty upstreams of one model in three tiers, most of them in trouble, and the worst of them tried first. All offer
 * {@value #MODEL}, some {@value #OTHER} too.
 */
public final class Fleet implements AutoCloseable {
    public static final String MODEL = "fleet";
    public static final String OTHER = "fleet-other";

    /** How long a slow or stalling channel is waited for, in seconds. */
    public static final int PATIENCE_SECONDS = 1;

    private static final int TOP = 20;
    private static final int MIDDLE = 10;
    private static final int LOW = 0;

    private final Dice dice;
    private final List<Member> members = new ArrayList<>();
    private volatile long begunNanos;

    private Fleet(Dice dice) {
        this.dice = dice;
    }

    /** Starts the upstreams. */
    public static Fleet start(Dice dice) {
        Fleet fleet = new Fleet(dice);
        fleet.fill();
        return fleet;
    }

    private void fill() {
        Temper healthy = Temper.healthy(dice);
        Map<String, Object> patience = Map.of("first_token_timeout", PATIENCE_SECONDS);
        add("dead-1", "dead key", TOP, 6, allDead("dead-1"), 1, Map.of());
        add("limited-1", "429, Retry-After 5", TOP, 4, Temper.limited(Duration.ofSeconds(5)), 1, Map.of());
        add("limited-2", "429", TOP, 4, Temper.limited(null), 1, Map.of());
        add("slow-1", "first byte after 2-3 s", TOP, 5, Temper.slow(dice), 2, patience);
        add("stalls-1", "stalls before content", TOP, 5, Temper.stalling(), 1, patience);
        add("half-1", "half of calls fail", TOP, 3, Temper.halfBroken(dice), 2, patience);
        down("down", TOP, 6);
        add("back-1", "dead for 8 s", TOP, 4, recovering(8), 2, Map.of("max_concurrency", 2));
        add("dead-2", "two dead keys", MIDDLE, 6, allDead("dead-2"), 2, Map.of());
        add("dead-3", "one key of two is dead", MIDDLE, 2, halfDead("dead-3"), 2, Map.of("max_concurrency", 2));
        add("limited-3", "429, Retry-After 30", MIDDLE, 4, Temper.limited(Duration.ofSeconds(30)), 1, Map.of());
        add("limited-4", "429", MIDDLE, 4, Temper.limited(null), 2, Map.of());
        add("slow-2", "first byte after 2-3 s", MIDDLE, 5, Temper.slow(dice), 1, patience);
        add("stalls-2", "stalls before content", MIDDLE, 5, Temper.stalling(), 1, patience);
        add("half-2", "half of calls fail", MIDDLE, 3, Temper.halfBroken(dice), 1, patience);
        add("back-2", "dead for 12 s", MIDDLE, 4, recovering(12), 1, Map.of("max_concurrency", 2));
        add("well-1", "healthy", MIDDLE, 1, healthy, 3, Map.of("max_concurrency", 2));
        add("well-2", "healthy", LOW, 3, healthy, 1, Map.of());
        add("well-3", "healthy", LOW, 2, healthy, 2, Map.of("max_concurrency", 4));
        add("well-4", "healthy", LOW, 1, healthy, 1, Map.of("cost", 2));
    }

    private Temper allDead(String name) {
        return Temper.refusing(Set.of(dice.key(name, 1), dice.key(name, 2)), Temper.healthy(dice));
    }

    private Temper halfDead(String name) {
        return Temper.refusing(Set.of(dice.key(name, 1)), Temper.healthy(dice));
    }

    private Temper recovering(int seconds) {
        return Temper.recovering(() -> age().compareTo(Duration.ofSeconds(seconds)) >= 0, Temper.healthy(dice));
    }

    private void down(String name, int priority, int weight) {
        member(FleetUpstream.down(name), "connection refused", priority, weight, 1, Map.of());
    }

    private void add(
            String name, String what, int priority, int weight, Temper temper, int keys, Map<String, Object> settings) {
        member(FleetUpstream.start(name, temper), what, priority, weight, keys, settings);
    }

    private void member(
            FleetUpstream upstream, String what, int priority, int weight, int keys, Map<String, Object> settings) {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= keys; i++) {
            lines.add(dice.key(upstream.name(), i));
        }
        List<String> models = upstream.name().matches("(dead|slow|half|back)-1|down|well-[24]|dead-3")
                ? List.of(MODEL, OTHER)
                : List.of(MODEL);
        members.add(new Member(upstream, what, priority, weight, lines, models, settings));
    }

    /** The time of this fleet begins, after which channels recover. */
    public void begin() {
        begunNanos = System.nanoTime();
    }

    /** Returns how long ago its time began. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    /** Returns all channels. */
    public List<Member> members() {
        return List.copyOf(members);
    }

    /** Returns a channel by its name. */
    public Member member(String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns whose answer to that call this is; {@code null} when it is nobody's. */
    public @Nullable Member speaker(String id, String text) {
        return members.stream()
                .filter(member -> text.equals(member.name() + ": answer to " + id + "."))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        members.forEach(member -> member.upstream().close());
    }
}
