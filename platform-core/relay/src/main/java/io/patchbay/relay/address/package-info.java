/** Which addresses this server connects to, decided at what a name resolves to, and servers as addresses name them. */
@NullMarked
package io.patchbay.relay.address;

import org.jspecify.annotations.NullMarked;
