/**
 * Answers that are given again without asking an upstream: for the models an administrator names, to the same user
 * group, for the same request, whatever channel gave them. Kept is what was answered, never what was asked: a request
 * leaves a SHA-256 and nothing else.
 *
 * <p>Answers are kept in the memory of each node; {@link io.patchbay.relay.cache.AnswerStore} is the place for a memory
 * that several nodes share. Several calls that miss at the same moment all go to the upstream, and the last answer
 * stays.
 */
@NullMarked
package io.patchbay.relay.cache;

import org.jspecify.annotations.NullMarked;
