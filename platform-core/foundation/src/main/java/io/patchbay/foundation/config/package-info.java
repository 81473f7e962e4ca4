/** Reads what an operator configured, from one YAML file and the environment, into typed records. */
@NullMarked
package io.patchbay.foundation.config;

import org.jspecify.annotations.NullMarked;
