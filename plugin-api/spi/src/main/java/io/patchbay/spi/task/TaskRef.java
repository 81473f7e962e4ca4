package io.patchbay.spi.task;

/**
 * A task that was handed in, as its plugin knows it.
 *
 * @param upstreamId the upstream's id, text and never a number
 * @param action what was ordered, in the plugin's words
 * @param model the model by the upstream's name
 * @param memo what the plugin last said to be remembered, maybe empty, at most 16,000 characters
 */
public record TaskRef(String upstreamId, String action, String model, String memo) {}
