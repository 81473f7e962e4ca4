package io.patchbay.benchmarks.scenario;

import io.patchbay.benchmarks.load.LoadPlan;
import io.patchbay.benchmarks.process.Program;
import org.jspecify.annotations.Nullable;

/**
 * One of the ways that are compared.
 *
 * @param name for people
 * @param program that stands between clients and upstream, null when nothing does
 */
record Side(String name, LoadPlan plan, @Nullable Program program) {}
