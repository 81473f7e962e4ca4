/** Channel types, flows and faults: what a provider plugin implements and what the host lends it. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.spi;

import org.jspecify.annotations.NullMarked;
