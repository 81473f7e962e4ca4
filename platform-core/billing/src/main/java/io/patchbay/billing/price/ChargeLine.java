package io.patchbay.billing.price;

import java.math.BigDecimal;

/**
 * One line of the computation of a charge: so many of something at a price.
 *
 * @param what {@code input}, {@code cached_input}, {@code cache_write}, {@code audio_input}, {@code image_input},
 *     {@code output}, {@code reasoning}, {@code audio_output}, {@code image_output} or {@code request}
 * @param count how many tokens, or calls
 * @param price credits for 1,000 tokens, or for one call
 * @param credits the exact product in credits, before the group's multiplier and before rounding
 */
public record ChargeLine(String what, long count, BigDecimal price, BigDecimal credits) {}
