/**
 * Gift codes and redeem codes: texts that are worth credits. They are kept in clear, because operators list, export and
 * sell them; whoever may read the database may therefore use them. They never reach a log.
 */
@NullMarked
package io.patchbay.billing.code;

import org.jspecify.annotations.NullMarked;
