package io.patchbay.server.crash;

import io.patchbay.server.crash.Reply.Trouble;
import io.patchbay.testkit.upstream.ChatAnswer.UsagePlace;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The kinds of load. A further kind is a constant here; when it is no call of a model (as {@link #GIFT} is none), it
 * also needs its request in {@link Client#act} and its rules in {@link Reckoning} or {@link AccountCheck}.
 */
enum Deed {
    /** A whole chat. */
    PLAIN(20) {
        @Override
        Draft shape(Draft draft) {
            return draft;
        }
    },
    /** A streamed chat. */
    STREAM(20) {
        @Override
        Draft shape(Draft draft) {
            return draft.stream(true);
        }
    },
    /** Takes so long that a kill meets it in the middle. */
    LONG_STREAM(8) {
        @Override
        Draft shape(Draft draft) {
            return draft.stream(true).words(draft.chance().nextInt(80, 160)).pace(15);
        }
    },
    /** The usage comes first, with the finish, or as running totals. */
    TOLD_ELSEWHERE(8) {
        @Override
        Draft shape(Draft draft) {
            UsagePlace[] places = {UsagePlace.FIRST, UsagePlace.WITH_FINISH, UsagePlace.EVERY};
            return draft.stream(true).told(places[draft.chance().nextInt(places.length)]);
        }
    },
    /** The usage is never told. */
    UNTOLD(8) {
        @Override
        Draft shape(Draft draft) {
            return draft.stream(draft.chance().nextBoolean()).told(UsagePlace.NEVER);
        }
    },
    /** Nothing is said and nothing told. */
    EMPTY(2) {
        @Override
        Draft shape(Draft draft) {
            return draft.stream(draft.chance().nextBoolean()).words(0).told(UsagePlace.NEVER);
        }
    },
    /** The upstream has too many calls. */
    LIMITED(3) {
        @Override
        Draft shape(Draft draft) {
            return draft.tariff(Tariff.LIMITED).stream(draft.chance().nextBoolean())
                    .trouble(Trouble.LIMITED);
        }
    },
    /** The upstream is broken. */
    BROKEN(3) {
        @Override
        Draft shape(Draft draft) {
            return draft.tariff(Tariff.BROKEN).stream(draft.chance().nextBoolean())
                    .trouble(Trouble.BROKEN);
        }
    },
    /** The first attempt fails before any content, and another one is answered. */
    SECOND_ATTEMPT(6) {
        @Override
        Draft shape(Draft draft) {
            RandomGenerator chance = draft.chance();
            return draft.tariff(Tariff.SHAKY).stream(chance.nextBoolean())
                    .trouble(chance.nextBoolean() ? Trouble.BROKEN_ONCE : Trouble.RESET_ONCE);
        }
    },
    /** The upstream breaks off in the middle, and has told a usage by then. */
    CUT_TOLD(5) {
        @Override
        Draft shape(Draft draft) {
            RandomGenerator chance = draft.chance();
            return draft.tariff(Tariff.SHAKY).stream(true)
                    .words(20)
                    .told(chance.nextBoolean() ? UsagePlace.FIRST : UsagePlace.EVERY)
                    .cut(chance.nextInt(1, 20), Trouble.CLOSED);
        }
    },
    /** The upstream breaks off in the middle, and has told nothing. */
    CUT_UNTOLD(5) {
        @Override
        Draft shape(Draft draft) {
            RandomGenerator chance = draft.chance();
            return draft.tariff(Tariff.SHAKY).stream(true)
                    .words(20)
                    .cut(chance.nextInt(1, 20), chance.nextBoolean() ? Trouble.CLOSED : Trouble.RESET);
        }
    },
    /** The client leaves before anything has come. */
    LEAVES_EARLY(6) {
        @Override
        Draft shape(Draft draft) {
            RandomGenerator chance = draft.chance();
            return draft.stream(chance.nextBoolean())
                    .delay(chance.nextInt(150, 300))
                    .patience(chance.nextInt(5, 80));
        }
    },
    /** The client leaves in the middle of the stream; the usage may have come first. */
    LEAVES_LATER(7) {
        @Override
        Draft shape(Draft draft) {
            RandomGenerator chance = draft.chance();
            return draft.stream(true)
                    .words(chance.nextInt(15, 60))
                    .pace(chance.nextInt(4, 20))
                    .told(chance.nextInt(3) == 0 ? UsagePlace.FIRST : UsagePlace.LAST)
                    .leavesAfter(chance.nextInt(1, 12));
        }
    },
    /** Somebody with too few credits asks for something that has a price for a call. */
    POOR_CALL(5) {
        @Override
        Draft shape(Draft draft) {
            return draft.user(User.POOR).tariff(Tariff.CALL).stream(
                    draft.chance().nextBoolean());
        }
    },
    /** Somebody with too few credits asks for an answer that costs far more than was held for it. */
    POOR_OVERRUN(6) {
        @Override
        Draft shape(Draft draft) {
            RandomGenerator chance = draft.chance();
            return draft.user(User.POOR).tariff(chance.nextInt(4) == 0 ? Tariff.FINE : Tariff.TOKENS).stream(
                            chance.nextBoolean())
                    .maxTokens(chance.nextInt(1, 60))
                    .output(chance.nextLong(100, 2_000));
        }
    },
    /** Pictures, each with a price. */
    PICTURES(5) {
        @Override
        Draft shape(Draft draft) {
            return draft.tariff(Tariff.PICTURE).pictures(draft.chance().nextInt(1, 5));
        }
    },
    /** An administrator gives the poor something. */
    GIFT(4) {
        @Override
        Draft shape(Draft draft) {
            return draft.user(User.POOR).gift(300_000);
        }
    };

    private static final int ALL =
            Arrays.stream(values()).mapToInt(deed -> deed.weight).sum();

    private final int weight;

    Deed(int weight) {
        this.weight = weight;
    }

    /** Returns one by chance. */
    static Deed drawn(RandomGenerator chance) {
        int left = chance.nextInt(ALL);
        for (Deed deed : values()) {
            left -= deed.weight;
            if (left < 0) {
                return deed;
            }
        }
        throw new AssertionError("the weights do not add up");
    }

    /** Makes of an ordinary call one of this kind. */
    abstract Draft shape(Draft draft);

    /** Returns an order of this kind. */
    Order order(long number, String mark, RandomGenerator chance) {
        return shape(new Draft(number, mark, chance)).order(this);
    }
}
