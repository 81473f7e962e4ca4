package io.patchbay.relay.task;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import org.jspecify.annotations.Nullable;

/** Why a task failed, as it is stored. */
public record TaskFault(
        FaultKind kind,
        String message,
        @Nullable String sub,
        @Nullable String vendorCode) {
    /** Returns what of a fault is kept. */
    static TaskFault of(Fault fault) {
        return new TaskFault(fault.kind(), fault.message(), fault.sub(), fault.vendorCode());
    }

    /** Returns it as the fault it was. */
    public Fault toFault() {
        return Fault.builder(kind, message).sub(sub).vendorCode(vendorCode).build();
    }
}
