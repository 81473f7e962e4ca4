/** The conformance kit: what every provider plugin must do, checked against fixtures its author supplies. */
@NullMarked
package io.patchbay.testkit.conformance;

import org.jspecify.annotations.NullMarked;
