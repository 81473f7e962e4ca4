package io.patchbay.benchmarks.upstream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A prepared answer: all its bytes with their HTTP framing, and where the writes end. It is shared by all connections
 * of the one thread; whoever writes sets position and limit of the buffer anew.
 */
final class Script {
    /**
     * One write.
     *
     * @param paced whether the gap passes before it
     * @param content whether it carries words of the answer
     */
    record Write(byte[] bytes, boolean paced, boolean content) {}

    private final ByteBuffer bytes;
    private final int[] ends;
    private final boolean[] paced;
    private final boolean[] content;
    private final long gapNanos;
    private final boolean stream;
    private final boolean broken;

    /** @param gapNanos waited before each paced write, 0 for none */
    Script(List<Write> writes, long gapNanos, boolean stream) {
        this(writes, gapNanos, stream, false);
    }

    private Script(List<Write> writes, long gapNanos, boolean stream, boolean broken) {
        this.broken = broken;
        int count = writes.size();
        this.bytes = ByteBuffer.allocateDirect(
                writes.stream().mapToInt(write -> write.bytes().length).sum());
        this.ends = new int[count];
        this.paced = new boolean[count];
        this.content = new boolean[count];
        this.gapNanos = gapNanos;
        this.stream = stream;
        for (int i = 0; i < count; i++) {
            bytes.put(writes.get(i).bytes());
            ends[i] = bytes.position();
            paced[i] = gapNanos > 0 && writes.get(i).paced();
            content[i] = writes.get(i).content();
        }
    }

    /** Returns a stream of which only so many writes come before the connection is closed. */
    static Script broken(List<Write> writes, long gapNanos, int after) {
        return new Script(writes.subList(0, after), gapNanos, true, true);
    }

    /** Returns the shared buffer with what is left of that write, of which so many bytes are sent already. */
    ByteBuffer view(int write, int sent) {
        return bytes.limit(ends[write]).position((write == 0 ? 0 : ends[write - 1]) + sent);
    }

    int writes() {
        return ends.length;
    }

    boolean paced(int write) {
        return paced[write];
    }

    boolean content(int write) {
        return content[write];
    }

    long gapNanos() {
        return gapNanos;
    }

    boolean stream() {
        return stream;
    }

    /** Tells whether the connection is to be closed when the last write is through. */
    boolean broken() {
        return broken;
    }

    @Override
    public String toString() {
        return ends.length + " writes, " + Arrays.stream(ends).max().orElse(0) + " bytes";
    }
}
