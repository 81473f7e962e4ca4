package io.patchbay.server.crash;

import io.patchbay.server.crash.Reply.Trouble;
import io.patchbay.testkit.upstream.ChatAnswer.UsagePlace;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** An order that a {@link Deed} is still thinking about: an ordinary call until something else is said. */
final class Draft {
    /** No estimate of ours comes up to this, so that the input tokens alone tell which call an entry is about. */
    static final long FEWEST_INPUT_TOKENS = 10_000;

    private static final Tariff[] ORDINARY = {Tariff.TOKENS, Tariff.FINE, Tariff.FINE, Tariff.CALL, Tariff.FREE};

    private final long number;
    private final String mark;
    private final RandomGenerator chance;

    private User user;
    private Tariff tariff;
    private boolean stream;
    private int maxTokens;
    private boolean usageAsked;
    private int padding;
    private Duration patience = Duration.ZERO;
    private int leavesAfter;
    private long gift;
    private int words;
    private long output;
    private UsagePlace place = UsagePlace.LAST;
    private Duration delay;
    private Duration pace;
    private Trouble trouble = Trouble.NONE;
    private int cut;
    private int pictures;

    Draft(long number, String mark, RandomGenerator chance) {
        this.number = number;
        this.mark = mark;
        this.chance = chance;
        this.user = chance.nextBoolean() ? User.ANN : User.BOB;
        this.tariff = ORDINARY[chance.nextInt(ORDINARY.length)];
        this.usageAsked = chance.nextBoolean();
        this.padding = chance.nextInt(10) == 0 ? 4_000 : chance.nextInt(200);
        this.words = chance.nextInt(1, 30);
        this.output = chance.nextLong(1, 900);
        this.delay = Duration.ofMillis(chance.nextLong(120));
        this.pace = Duration.ofMillis(chance.nextLong(12));
    }

    RandomGenerator chance() {
        return chance;
    }

    Draft user(User who) {
        user = who;
        return this;
    }

    Draft tariff(Tariff one) {
        tariff = one;
        return this;
    }

    Draft stream(boolean wanted) {
        stream = wanted;
        return this;
    }

    Draft maxTokens(int most) {
        maxTokens = most;
        return this;
    }

    Draft words(int count) {
        words = count;
        return this;
    }

    Draft output(long tokens) {
        output = tokens;
        return this;
    }

    Draft told(UsagePlace where) {
        place = where;
        return this;
    }

    Draft delay(int milliseconds) {
        delay = Duration.ofMillis(milliseconds);
        return this;
    }

    Draft pace(int milliseconds) {
        pace = Duration.ofMillis(milliseconds);
        return this;
    }

    Draft trouble(Trouble what) {
        trouble = what;
        return this;
    }

    /** The upstream's answer breaks off after so many words. */
    Draft cut(int afterWords, Trouble how) {
        cut = afterWords;
        trouble = how;
        return this;
    }

    Draft pictures(int count) {
        pictures = count;
        return this;
    }

    /** The client leaves when nothing has come by then. */
    Draft patience(int milliseconds) {
        patience = Duration.ofMillis(milliseconds);
        return this;
    }

    /** The client leaves in the middle of the stream. */
    Draft leavesAfter(int someWords) {
        leavesAfter = someWords;
        return this;
    }

    /** This is no call: the administrator gives credits, each time another amount. */
    Draft gift(long about) {
        gift = about + number;
        return this;
    }

    Order order(Deed deed) {
        Tokens used = new Tokens(FEWEST_INPUT_TOKENS + number, output);
        Reply reply = new Reply(words, used, place, delay, pace, trouble, cut, pictures);
        return new Order(
                number,
                mark,
                deed,
                user,
                tariff,
                stream,
                maxTokens,
                usageAsked,
                padding,
                patience,
                leavesAfter,
                gift,
                reply);
    }
}
