package io.patchbay.relay.address;

/** A network: its first bytes and how many bits of them count. */
record Network(int[] start, int bits) {
    /** Returns the network that begins so; what is not written is zero. */
    static Network of(int bits, int... start) {
        return new Network(start, bits);
    }

    /** Returns whether an address lies in it; both must be of the same family. */
    boolean holds(byte[] address) {
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            int wanted = bit / 8 < start.length ? start[bit / 8] : 0;
            if ((address[bit / 8] & mask) != (wanted & mask)) {
                return false;
            }
        }
        return true;
    }
}
