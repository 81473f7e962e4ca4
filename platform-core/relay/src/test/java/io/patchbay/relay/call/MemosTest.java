package io.patchbay.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.relay.call.Memos.Owner;
import io.patchbay.spi.Memo;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class MemosTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Memos memos = new Memos(now::get);

    private final Owner ann = new Owner(1, 10, "trip", "key-a");

    private boolean knows(Owner owner, Memo memo) {
        return !memos.recall(owner, Set.of(memo)).isEmpty();
    }

    @Test
    void remembersTheLatestTextUntilItsTimeIsOver() {
        Memo memo = Memo.ofConversation("id");
        memos.remember(ann, memo, "first", DAY);
        memos.remember(ann, memo, "second", DAY);

        assertThat(memos.recall(ann, Set.of(memo, Memo.ofConversation("other"))))
                .isEqualTo(Map.of(memo, "second"));
        now.set(now.get().plus(DAY).minusSeconds(1));
        assertThat(knows(ann, memo)).isTrue();
        now.set(now.get().plusSeconds(2));
        assertThat(knows(ann, memo)).isFalse();
    }

    @Test
    void keepsNothingLongerThanThirtyDaysAndForgetsWhatIsToBeKeptForNoTime() {
        Memo memo = new Memo(Memo.Scope.CHANNEL, "id");
        memos.remember(ann, memo, "x", Duration.ofDays(4000));
        now.set(now.get().plus(Duration.ofDays(31)));
        assertThat(knows(ann, memo)).isFalse();

        memos.remember(ann, memo, "x", DAY);
        memos.remember(ann, memo, "x", Duration.ZERO);
        assertThat(knows(ann, memo)).isFalse();
    }

    @Test
    void conversationsBelongToTheirUserAndChannel() {
        Memo memo = Memo.ofConversation("id");
        memos.remember(ann, memo, "ann's", DAY);

        assertThat(knows(new Owner(1, 10, "trip", "another key"), memo)).isTrue();
        assertThat(knows(new Owner(1, 11, "trip", "key-a"), memo)).isFalse();
        assertThat(knows(new Owner(1, 10, "work", "key-a"), memo)).isFalse();
        assertThat(knows(new Owner(2, 10, "trip", "key-a"), memo)).isFalse();
    }

    @Test
    void aCallWithoutConversationNeitherKeepsNorFinds() {
        Memo memo = Memo.ofConversation("id");
        Owner nameless = new Owner(1, 10, "", "key-a");
        memos.remember(nameless, memo, "x", DAY);
        assertThat(knows(nameless, memo)).isFalse();
    }

    @Test
    void eachScopeIsSharedAsFarAsItsNameSays() {
        Memo user = new Memo(Memo.Scope.USER, "id");
        Memo key = new Memo(Memo.Scope.KEY, "id");
        Memo channel = new Memo(Memo.Scope.CHANNEL, "id");
        memos.remember(ann, user, "u", DAY);
        memos.remember(ann, key, "k", DAY);
        memos.remember(ann, channel, "c", DAY);

        Owner bob = new Owner(1, 11, "", "key-a");
        assertThat(memos.recall(bob, Set.of(user, key, channel))).isEqualTo(Map.of(key, "k", channel, "c"));
        Owner annElsewhere = new Owner(1, 10, "", "key-b");
        assertThat(memos.recall(annElsewhere, Set.of(user, key, channel))).isEqualTo(Map.of(user, "u", channel, "c"));
        assertThat(memos.recall(new Owner(2, 10, "", "key-a"), Set.of(user, key, channel)))
                .isEmpty();
    }

    @Test
    void aFullMemoryForgetsInsteadOfGrowing() {
        for (int i = 0; i < 30_000; i++) {
            memos.remember(ann, new Memo(Memo.Scope.CHANNEL, "id" + i), "x", DAY);
        }
        long kept = 0;
        for (int i = 0; i < 30_000; i++) {
            kept += knows(ann, new Memo(Memo.Scope.CHANNEL, "id" + i)) ? 1 : 0;
        }
        assertThat(kept).isBetween(1_000L, 21_000L);
    }
}
