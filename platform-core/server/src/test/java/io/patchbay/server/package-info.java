/** Tests against a running server: real sockets, a real database, real plugins, real SDKs. */
@NullMarked
package io.patchbay.server;

import org.jspecify.annotations.NullMarked;
