package io.patchbay.spi.task;

import java.util.Objects;

/**
 * Something a user may do with a finished task.
 *
 * @param label the words on the button
 * @param command the chat text that orders it, for example {@code /UPSCALE 1704441600123456 1}
 * @param row buttons of the same row stand beside each other, from 0
 */
public record TaskButton(String label, String command, int row) {
    public TaskButton {
        Objects.requireNonNull(label, "label is null");
        Objects.requireNonNull(command, "command is null");
    }
}
