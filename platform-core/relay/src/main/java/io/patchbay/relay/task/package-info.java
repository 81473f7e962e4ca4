/**
 * Work that upstreams do for minutes or hours: one row a task, written before the work is handed in; merging of news,
 * checks when they are due, calls from upstreams, and the money at the end. Plugins are entered by whoever implements
 * {@link io.patchbay.relay.task.TaskFlows}.
 */
@NullMarked
package io.patchbay.relay.task;

import org.jspecify.annotations.NullMarked;
