package io.patchbay.dialects.openai;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pieces belong to which tool call of one choice. Vendors leave out the index, give 0 to every call, or send the
 * id late; the rules here put up with all of that.
 */
final class ToolSlots {
    /** Calls beyond this are counted into the last one, so that a runaway stream cannot fill the memory. */
    private static final int MAX = 1_000;

    private final List<Slot> slots = new ArrayList<>(2);

    /** One tool call. */
    static final class Slot {
        final int number;
        final int index;

        @Nullable
        String id;

        boolean named;
        boolean argued;

        /** What follows is kept by decoders only. */
        String name = "";

        final StringBuilder arguments = new StringBuilder(0);
        boolean told;

        private Slot(int number, int index) {
            this.number = number;
            this.index = index;
        }
    }

    /**
     * Returns the slot a piece belongs to.
     *
     * @param index the piece's index, or {@link ChoiceScan#NO_INDEX}
     * @param id the piece's id, or {@code null} when it is missing or empty
     * @param named whether the piece carries a name
     * @param argued whether the piece carries arguments
     */
    Slot place(int index, @Nullable String id, boolean named, boolean argued) {
        Slot slot = find(index, id, named);
        return noted(slot == null ? added(index) : slot, id, named, argued);
    }

    /** Returns a slot for a call that comes whole and by itself. */
    Slot add(@Nullable String id, boolean named, boolean argued) {
        return noted(added(slots.size()), id, named, argued);
    }

    private Slot added(int index) {
        Slot slot = slots.size() < MAX ? new Slot(slots.size(), index) : slots.removeLast();
        slots.add(slot);
        return slot;
    }

    private static Slot noted(Slot slot, @Nullable String id, boolean named, boolean argued) {
        if (slot.id == null) {
            slot.id = id;
        }
        slot.named |= named;
        slot.argued |= argued;
        return slot;
    }

    private @Nullable Slot find(int index, @Nullable String id, boolean named) {
        if (id != null) {
            for (Slot slot : slots) {
                if (id.equals(slot.id) && (index == ChoiceScan.NO_INDEX || slot.index == index)) {
                    return slot;
                }
            }
        }
        if (index == ChoiceScan.NO_INDEX) {
            if (id != null || slots.isEmpty()) {
                return null;
            }
            // A name after arguments is the next call: whole calls in a row, told apart by nothing else.
            Slot last = slots.getLast();
            return named && last.argued ? null : last;
        }
        for (int i = slots.size() - 1; i >= 0; i--) {
            Slot slot = slots.get(i);
            if (slot.index == index) {
                boolean another = id != null && slot.id != null && slot.named && named;
                return another ? null : slot;
            }
        }
        return null;
    }

    /** Returns the number of calls. */
    int size() {
        return slots.size();
    }

    List<Slot> slots() {
        return slots;
    }
}
