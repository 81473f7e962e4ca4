/** Jetty and what every request passes: origins, headers, static files, health and metrics. */
@NullMarked
package io.patchbay.server.http;

import org.jspecify.annotations.NullMarked;
