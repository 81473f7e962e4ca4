/** What is measured and what it is measured against: a Patchbay that is set up over its public API, and nginx. */
@NullMarked
package io.patchbay.benchmarks.site;

import org.jspecify.annotations.NullMarked;
