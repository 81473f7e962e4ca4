/** What is measured: one class for each scenario. */
@NullMarked
package io.patchbay.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
