/** What is held in memory and how many may come at once: shares of the heap, fair shares among users, slow bodies. */
@NullMarked
package io.patchbay.foundation.bounds;

import org.jspecify.annotations.NullMarked;
