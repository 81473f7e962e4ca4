/** A chat request in canonical form and the events a chat answer is made of. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.spi.chat;

import org.jspecify.annotations.NullMarked;
