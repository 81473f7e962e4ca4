/** Work that is submitted, goes on at the upstream for minutes or hours, and is fetched: pictures, videos, music. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.spi.task;

import org.jspecify.annotations.NullMarked;
