package io.patchbay.relay.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.Test;

final class OwnViewsTest {
    private static final int SIZE = 16 * 1024;

    /** One piece of memory that is handed out again and again, as a pool under load does. */
    private static final class OnePiece implements ByteBufferPool {
        private final ByteBuffer memory = BufferUtil.allocate(SIZE);
        private final AtomicInteger free = new AtomicInteger(1);

        @Override
        public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
            assertThat(free.getAndDecrement()).as("pieces of memory").isEqualTo(1);
            BufferUtil.reset(memory);
            return RetainableByteBuffer.wrap(memory, (Runnable) free::incrementAndGet);
        }

        @Override
        public void clear() {}
    }

    @Test
    void whoComesLateCannotEmptyWhatSomebodyElseReads() {
        OwnViews pool = new OwnViews(new OnePiece());
        RetainableByteBuffer first = pool.acquire(SIZE, false);
        ByteBuffer kept = first.getByteBuffer();
        assertThat(first.release()).isTrue();

        RetainableByteBuffer second = pool.acquire(SIZE, false);
        BufferUtil.append(second.getByteBuffer(), new byte[] {'\r', '\n'});
        BufferUtil.clear(kept);

        assertThat(second.remaining()).isEqualTo(2);
        assertThat(second.get()).isEqualTo((byte) '\r');
    }

    @Test
    void memoryGoesBackOnlyWithTheLastUser() {
        OnePiece memory = new OnePiece();
        OwnViews pool = new OwnViews(memory);
        RetainableByteBuffer buffer = pool.acquire(SIZE, false);
        buffer.retain();

        assertThat(buffer.isRetained()).isTrue();
        assertThat(buffer.release()).isFalse();
        assertThat(memory.free).hasValue(0);
        assertThat(buffer.release()).isTrue();
        assertThat(memory.free).hasValue(1);
    }

    @Test
    void aBufferBeginsEmptyHoweverItWasLeft() {
        OwnViews pool = new OwnViews(new ArrayByteBufferPool());
        for (int i = 0; i < 100; i++) {
            RetainableByteBuffer buffer = pool.acquire(SIZE, false);
            assertThat(buffer.hasRemaining()).isFalse();
            assertThat(buffer.capacity()).isGreaterThanOrEqualTo(SIZE);
            BufferUtil.append(buffer.getByteBuffer(), new byte[i + 1]);
            buffer.release();
        }
    }
}
