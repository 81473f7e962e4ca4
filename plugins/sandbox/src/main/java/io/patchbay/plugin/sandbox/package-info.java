/** Answers without any network: a first streamed answer before there is any key. */
@NullMarked
package io.patchbay.plugin.sandbox;

import org.jspecify.annotations.NullMarked;
