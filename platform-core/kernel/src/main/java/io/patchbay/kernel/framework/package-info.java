/** The embedded OSGi framework: class loading, wiring and activation of plugin bundles, and nothing about traffic. */
@NullMarked
package io.patchbay.kernel.framework;

import org.jspecify.annotations.NullMarked;
