/** Real servers in processes of their own, with users in their databases, for tests that a process cannot do to itself. */
@NullMarked
package io.patchbay.server.process;

import org.jspecify.annotations.NullMarked;
