/** Request records compared with what a provider says was used: its usage export, day by day and model by model. */
@NullMarked
package io.patchbay.relay.reconcile;

import org.jspecify.annotations.NullMarked;
