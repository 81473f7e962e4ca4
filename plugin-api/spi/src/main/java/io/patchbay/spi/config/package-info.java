/** Settings a plugin declares as data, so that the console can draw their form. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.spi.config;

import org.jspecify.annotations.NullMarked;
