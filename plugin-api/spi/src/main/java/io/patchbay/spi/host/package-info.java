/** Services the host lends to plugins; counted per plugin and taken back when it stops. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.spi.host;

import org.jspecify.annotations.NullMarked;
